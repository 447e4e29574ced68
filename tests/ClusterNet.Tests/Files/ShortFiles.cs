namespace ClusterNet.Tests.Files;

/// <summary>Small files that are really what they are.</summary>
internal static class ShortFiles
{
    /// <summary>A moving dot for a second, as a browser recorded it.</summary>
    public static byte[] WebM { get; } = Convert.FromBase64String(
        "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYECGFOAZwEAAAAAAAUzEU2bdLlNu4tTq4QVSalmU6yBbk27i1OrhBZUrmtTrIGTTbuLU6uEH0O2dVOsgdRNu4xTq4QcU7tr"
        + "U6yCBSHsrgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVSalmoCrXsYMPQkBEiYRER0QZTYCGQ2hyb21lV0GGQ2hyb21lFlSua7yuuteBAXPFh6ao"
        + "DVOh7zGDgQFV7oEBhoVWX1ZQOOCdsIFAuoEkU8CBAVWwkFWxgQFVuYECVbqBDVW7gQEfQ7Z1AQAAAAAABEHngQCgQIKh04EAAADwAwCdASpAACQABwcIhYWImYSIJYIDG9L0/TzXeQ00"
        + "liwesbbOvrBsAP6caHrk7rgRO+vB3tgDGMeQ3+HdzWXdpsjsK5fQz3kJvHpK/VgAdaGqpqjugQGlo7ACAJ0BKkAAJAAKhwiFhYiZhIg4AgAGjk/Mx5vxWAD+664AoECVofSBAGAAMQUA"
        + "HBE8ABhPA/AL4Alx9Qd33oD/FfUJof6EfxDLwCgsJ/YAel4CLrJmUgD+49nAV2aIzwrar67g7/7b3dFYbV7aw0XTZPPXqvH0fzV7ytWPcmC3ApFTsSz7sRq2980bnGi2qyokq+Cx6Lv3"
        + "bImnMHWhmaaX7oEBpZLRAQAqEcAAGAAYWC/0AAiMAAD7gQCg2aG4gQDFAPECABwRUAAYN/yM/93/Bt7GQTyCflVppCuE1k7488X49aHEZdfNYvWkvXeeL8etD2yrY2B1oZmml+6BAaWS"
        + "0QEAKhHAABgAGFgv9AAIjAAA+4FgoEB/od6BASgAcQIAHBFAABgALjQH9AAgILEE7l31AJlaANP/xG2UPwPb//l4n2OZ5bVaZ0Bh/NF9fUCBMT5gKj2vh3v9e6FJ+kdaF2p80fkiKoyy"
        + "ceuIJ0ukafl3+40zjQMAdaGZppfugQGlktEBACoRwAAYABhYL/QACIwAAPuBxaDxoc+BAYwAkQIAHBFIABgAJE339AA9EEWJg80ud7D+5U9MumX+VKkp/j/0eamxRsC9F+qGv8eWweOy"
        + "np/Y3PP7dI6crOmlF/dV9av58UIb61xgdaGZppfugQGlktEBACoRwAAYABhYL/QACIwAAPuCASig7qHMgQHwABEDABwRSAAYNgAChFXrHgRiCKFApGFGJzkQYJlaANP/gtU0eTeGhHB7"
        + "iCYtqvrnOqNvmA2i03ev7RfUk5QLKKJ43PYKZEbwAHWhmaaX7oEBpZLRAQAqEZAAGAAYWC/0AAiMAAD7ggGMoEB/od2BAlQA8QIAHBFEABgSJn8NAgroc1ID67hUyCPMtQD+5RzmXTL/"
        + "KlSU/41DkQItKI0NnFSmq+nryrirYIJE7dNhAQfL8Ke7/Kx5K8cq7cl/ToUoLuv5m0or1YqiEAB1oZmml+6BAaWS0QEAKhF4ABgAGFgv9AAIjAAA+4IB8KDtocyBArkAkQIAHBEsFGAA"
        + "iQ/f0AEouBgeN+K3DwCZWgDT/8RtlD8D2/2Mwqf+LeEoz9SMSJn8GX8AOTz0bkTdk04HdklaCXECwy8h8ygAdaGYppbugQGlkbEBACoRIBRgAGFgv9AAIjAA+4ICVKDuocyBAx0AkQIA"
        + "HBFIABgAIEv39AA6OS/symgg0gD+5RzmXTL/KlSU/w/Nv/32V0tdfzoi6SGaMU71zHqTOrk78BLxeA3udcHzkNhsKKMwdaGZppfugQGlktEBACoRcAAYABhYL/QACIwAAPuCArkcU7tr"
        + "jbuLs4EAt4b3gQHxgdQ=");

    /// <summary>A transparent point.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
