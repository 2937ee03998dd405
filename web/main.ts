/** Main: what the shell loads first. Pages come in chunks of their own (./page-table.ts). */
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/pages.css';
import './styles/diff.css';
import './styles/print.css';
import './app.ts';
