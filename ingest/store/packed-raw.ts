/**
 * Packed raw mail: deflate with a preset dictionary of words that mails of patch lists share.
 *
 * Each mail is packed alone, so any one can be read or removed without the others; the dictionary gives most of what
 * packing several together would. It may never change, since stored mails need it.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const dictionary = Buffer.from(
  `static inline unsigned long struct const void *return -EINVAL; if (ret < 0) goto out; err = 0; int i; NULL);
#include <linux/ #define  else { break; case  sizeof(*) -ENOMEM; bool true; false; u64 u32 u8 __user uint32_t size_t
 int main(int argc, char *argv[]) switch (cmd) spin_lock_irqsave(&lock, flags); mutex_unlock( kfree( EXPORT_SYMBOL_GPL(
diff --git a/Documentation/ b/Documentation/ a/include/linux/ b/include/ a/drivers/ b/drivers/ a/kernel/ a/fs/ a/net/
a/tools/testing/selftests/ b/tools/ a/mm/ b/mm/ a/arch/x86/ b/arch/x86/ a/lib/ a/src/ b/src/ a/man/ a/Makefile
new file mode 100644
index 0000000..1111111 100644
--- /dev/null
--- a/
+++ b/
@@ -0,0 +1,10 @@
 1 file changed, 2 insertions(+), 1 deletion(-)
 2 files changed, 10 insertions(+), 3 deletions(-)
 create mode 100644
Acked-by: Tested-by: Reported-by: Suggested-by: Cc: stable@vger.kernel.org Fixes: Link: https://lore.kernel.org/r/
Reviewed-by: Signed-off-by:
---
Changes in v2:
Changes since v1:
-- 
2.43.0

On Mon, Jan at Tue, Feb Wed, Mar Thu, Apr Fri, May Sat, Jun Sun, Jul AM PM wrote:
> > > 
> > The patch this would should there which because with that have from been

Return-Path: <>
X-Original-To: 
Delivered-To: 
Received: from mail.kernel.org (localhost [127.0.0.1]) by vger.kernel.org with ESMTP id for <@vger.kernel.org>;
Received: from [10.0.0.1] ([192.168.0.1]) by smtp.gmail.com with ESMTPSA id (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384
 bits=256/256); Mon, 1 Jan 2024 00:00:00 -0700 (PDT)
	(using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)) (No client certificate requested)
	by smtp.subspace.kernel.org (Postfix) with ESMTPS id ; Tue, 2 Feb 2025 10:00:00 +0000 (UTC)
Authentication-Results: smtp.subspace.kernel.org; dkim=pass (2048-bit key) header.d= header.i=@ header.b="
Authentication-Results: smtp.subspace.kernel.org; spf=pass smtp.mailfrom= dmarc=pass (p=none dis=none) header.from= arc=none smtp.client-ip=
ARC-Seal: i=1; a=rsa-sha256; d=subspace.kernel.org; s=arc-20240116; t=17; cv=none; b=
ARC-Message-Signature: i=1; a=rsa-sha256; d=subspace.kernel.org; s=arc-20240116; t=17; c=relaxed/simple; bh=; h=From:To:Cc:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type; b=
ARC-Authentication-Results: i=1; smtp.subspace.kernel.org;
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=kernel.org; s=k20201202; t=17; bh=; h=From:To:Cc:Subject:Date:From; b=
X-Google-DKIM-Signature: v=1; d=1e100.net; s=20230601; h=content-transfer-encoding:mime-version:references:in-reply-to:message-id:date:subject:cc:to:from:x-gm-message-state
X-Gm-Message-State: AOJu0Y
X-Gm-Gg: ASbGnc
X-Google-Smtp-Source: AGHT+I
X-Received: by 2002:a with SMTP id mr.1700000000000;
X-Mailing-List: linux-kernel@vger.kernel.org
List-Id: <.vger.kernel.org>
List-Archive: <https://lore.kernel.org/>
List-Subscribe: <mailto:+subscribe@vger.kernel.org>
List-Unsubscribe: <mailto:+unsubscribe@vger.kernel.org>
List-Post: <mailto:>
Precedence: bulk
X-Mailer: git-send-email 2.43.0
User-Agent: Mozilla Thunderbird
Content-Type: multipart/mixed; boundary="
Content-Type: text/plain; charset="utf-8"
Content-Type: text/plain; charset=UTF-8; format=flowed
Content-Type: text/plain; charset=us-ascii
Content-Disposition: inline
Content-Language: en-US
Content-Transfer-Encoding: quoted-printable
Content-Transfer-Encoding: 7bit
Content-Transfer-Encoding: 8bit
MIME-Version: 1.0
Message-ID: <20240101000000.12345-1-@kernel.org>
Message-Id: <@gmail.com>
In-Reply-To: <
References: <
Date: Thu, 3 Mar 2024 00:00:00 +0100
From: 
To: 
Cc: linux-kernel@vger.kernel.org, linux-fsdevel@vger.kernel.org, stable@vger.kernel.org, netdev@vger.kernel.org
Subject: Re: [PATCH v2 0/3] [PATCH 1/2] [RFC PATCH 
`,
);

/** The form to store. */
export function packRaw(raw: Uint8Array): Uint8Array {
  return deflateRawSync(raw, { dictionary, level: 6, memLevel: 9 });
}

/** The mail's own bytes, `sizeBytes` of them. */
export function unpackRaw(packed: Uint8Array, sizeBytes: number): Uint8Array {
  return inflateRawSync(packed, { dictionary, maxOutputLength: Math.max(1, sizeBytes) });
}
