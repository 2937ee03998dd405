/**
 * Attribution words: months, weekdays and small words by which dates are told from names, in the languages of the
 * mail programs that were seen.
 *
 * Lower case, without dots. May, August and June are people too: ./attribution.ts takes one month and one weekday only.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

export const months = words(`
  january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec
  januar februar märz mär mai juni juli oktober okt dezember dez
  janvier février févr mars avril avr juin juillet juil août aout septembre octobre novembre décembre déc
  enero ene febrero marzo abril mayo junio julio agosto ago septiembre octubre noviembre diciembre dic
  gennaio gen febbraio aprile maggio mag giugno giu luglio lug settembre set ottobre ott dicembre
  janeiro fevereiro fev março maio junho julho setembro outubro out novembro dezembro
  januari februari maart mrt april mei juni juli augustus
  maj augusti kesäkuuta heinäkuuta
  sty lut kwi cze lip sie wrz paź lis gru stycznia lutego marca kwietnia maja czerwca lipca sierpnia września
  października listopada grudnia
  янв февр фев мар апр мая июн июл авг сент сен окт нояб ноя дек января февраля марта апреля июня июля августа
  сентября октября ноября декабря
`);

export const weekdays = words(`
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
  montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so
  lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
  lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom
  lunedì martedì mercoledì giovedì venerdì sabato domenica gio sab
  segunda terça quarta quinta sexta seg ter qua qui sex segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
  maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo
  mandag tirsdag onsdag torsdag fredag lørdag søndag man tir tirs ons tor tors fre lør søn
  måndag tisdag lördag söndag mån tis lör sön
  pon wt śr czw pt sob niedz
  пн вт ср чт пт сб вс понедельник вторник среда четверг пятница суббота воскресенье
  週一 週二 週三 週四 週五 週六 週日 周一 周二 周三 周四 周五 周六 周日
`);

/** Small words that stand in a date before its time: `at`, `um`, `à`, `a las`, `kl`, `o`, `в`. */
export const dateParticles = words(`
  on at the of in um den am le à el a las il alle em op om kl o в г г., дня ngày lúc
  date dated 在 於 于
`);

/** What may follow a time: halves of the day and zones. */
export const timeTails = words(`
  am pm a.m p.m uhr h hours
  utc gmt z cest cet est edt pst pdt mst mdt cst cdt bst ist jst msk eet eest west wet aest aedt nzst nzdt kst hkt sgt
  上午 下午
`);
