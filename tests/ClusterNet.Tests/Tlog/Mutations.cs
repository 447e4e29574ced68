using System.Text;

namespace ClusterNet.Tests.Tlog;

/// <summary>Seeded random changes of texts, most of them where parsers go wrong: line ends, spaces of every kind, base64, bytes that are no UTF-8.</summary>
internal sealed class Mutations(int seed)
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\n", "\n\n", "\r", "\r\n", "\t", " ", "\u00a0", "\u2028", "\u3000", "\u0085", "\u200b", "\ufeff", "\ufffd", "\u007f", "\0", "\u001f", "\v", "+", "=", "==", "-", "— ", "—",
            "\u2014 x AAAAAAAA\n", "0", "00", "1", "-1", "9223372036854775808", "18446744073709551616", "A", "é", "\"", "\\", "\\u0000", "{", "}", "[", "]", ",", ":", "1e2", "1.0", ".p/", "x001/", "/",
            "AA==", "AB==", "AAB=", "log ", "witness ", "group ", "quorum none\n", "old 1\n", "index 1\n", "extra AA==\n",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x80], [0xf4, 0x90, 0x80, 0x80],
    ];

    private readonly Random _random = new(seed);

    public static int NewSeed() => Random.Shared.Next();

    public int Next(int below) => _random.Next(below);

    /// <summary>One to four changes.</summary>
    public byte[] Of(byte[] text)
    {
        var changed = text.ToList();
        for (var count = 1 + _random.Next(4); count > 0; count--) Change(changed);
        return [.. changed];
    }

    private void Change(List<byte> text)
    {
        var at = _random.Next(text.Count + 1);
        switch (_random.Next(8))
        {
            case 0 when at < text.Count:
                text[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < text.Count:
                text[at] = (byte)_random.Next(256);
                break;
            case 2 when at < text.Count:
                text.RemoveRange(at, Math.Min(text.Count - at, 1 + _random.Next(_random.Next(4) == 0 ? 100 : 4)));
                break;
            case 3 when at < text.Count:
                text.InsertRange(_random.Next(text.Count + 1), text.GetRange(at, Math.Min(text.Count - at, 1 + _random.Next(120))));
                break;
            case 4:
                RepeatLine(text);
                break;
            case 5 when at < text.Count:
                text.RemoveRange(at, text.Count - at);
                break;
            default:
                text.InsertRange(at, Pieces[_random.Next(Pieces.Length)]);
                break;
        }
    }

    /// <summary>A line, once or far too often.</summary>
    private void RepeatLine(List<byte> text)
    {
        var lines = Lines(text);
        var line = lines[_random.Next(lines.Count)];
        var place = lines[_random.Next(lines.Count)].Start;
        var bytes = text.GetRange(line.Start, line.Length);
        for (var times = _random.Next(10) == 0 ? 95 + _random.Next(10) : 1; times > 0; times--) text.InsertRange(place, bytes);
    }

    private static List<(int Start, int Length)> Lines(List<byte> text)
    {
        var lines = new List<(int, int)>();
        for (var start = 0; start <= text.Count;)
        {
            var end = text.IndexOf((byte)'\n', start);
            var length = (end < 0 ? text.Count : end + 1) - start;
            lines.Add((start, length));
            if (end < 0) break;
            start = end + 1;
        }

        return lines;
    }
}
