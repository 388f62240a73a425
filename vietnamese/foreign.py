"""English words that look like Vietnamese keystrokes or like a misspelt syllable, and are neither."""

from __future__ import annotations

from vietnamese.wordlists import words

#: Common words that decode to a Vietnamese syllable, or lie one letter from one.
ENGLISH = words("""
    tax taxi gas box max mix fix bus pos visa test teen teens too see saw row now low new news room
    sim sex six sos is as or us ok okay oke alo for car bar par per her his has was use user users data date
    app apps web wifi website online offline email mail gmail zalo facebook shopee lazada tiki tiktok
    youtube google internet smart phone smartphone laptop camera robot chip chatbot bot blog video clip
    livestream live stream stem stream file link click scan print card code qr pass password login logout
    sms otp pin atm momo bank banking mobile money pay payment shop shipper ship order sale marketing
    logistics startup cloud server big iot blockchain fintech edtech token hotline call center fax
    hello hi hey bye thanks yes no good bad boss team teams leader job work free top hot show game
    software hardware update upgrade demo version menu tab excel word pdf doc docx ppt windows
    android ios iphone ipad apple samsung viettel vnpt mobifone vinaphone vneid ocop grdp gdp
    the and of to in on at it be we he she my by so if do go me you are can not with from this that
    what who when where how why will would should have had been does did which
    sapo kiotviet haravan misa vnpay zalopay viettelpay shopeepay bkav fpt gis iot ipv wifi hotspot
    voso postmart sendo grab be now gojek foody store play market wow law raw exam sort
    text next exit tour root boot foot book look took cook soon moon noon food mood feed need seen feel
    week keep deep sleep street tree three free fee see bee agree speed seed
    """)
