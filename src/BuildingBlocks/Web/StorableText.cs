namespace ClusterNet.Web;

/// <summary>Text that PostgreSQL can store: no NUL (its documentation, section 8.3), no lone surrogate (RFC 3629 section 3).</summary>
public static class StorableText
{
    /// <summary>Whether <paramref name="text"/> can be stored as it stands.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
        {
            return false;
        }

        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0;)
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return false;
            }

            text = text[(at + 2)..];
            at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return true;
    }
}
