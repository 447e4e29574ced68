using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterNet.Web;

/// <summary>
/// Collects the faults of a request. <c>member</c> is the JSON name, for a nested one its path such as <c>lines/0/title</c>.
/// A length counts Unicode characters, as PostgreSQL's <c>char_length</c> does.
/// </summary>
public sealed partial class Faults
{
    private readonly List<Fault> _all;
    private readonly string _at;

    public Faults()
        : this([], "#/")
    {
    }

    private Faults(List<Fault> all, string at) => (_all, _at) = (all, at);

    public IReadOnlyList<Fault> All => _all;

    /// <summary>The same collection seen from inside a member, so that a nested record names its own members only.</summary>
    public Faults In(string member) => new(_all, $"{_at}{member}/");

    /// <param name="values">What the detail names.</param>
    public Faults Add(string member, string code, string detail, params IReadOnlyList<object?> values)
    {
        _all.Add(new(_at + member, code, detail) { Values = values });
        return this;
    }

    /// <inheritdoc cref="Add"/>
    public Faults Check(bool ok, string member, string code, string detail, params IReadOnlyList<object?> values) => ok ? this : Add(member, code, detail, values);

    /// <summary>Required text: <paramref name="min"/> to <paramref name="max"/> characters, not only blanks, storable.</summary>
    public Faults Text(string member, string? value, int min = 1, int max = 200)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return min == 0 ? OptionalText(member, value, max) : Add(member, "required", "Some text is needed here.");
        }

        var length = LengthOf(value);
        return length < min
            ? Add(member, "too-short", $"At least {min} characters are needed; these are {length}.", min, length)
            : OptionalText(member, value, max);
    }

    /// <summary>Text that may be absent or empty.</summary>
    public Faults OptionalText(string member, string? value, int max = 200)
    {
        if (value is null)
        {
            return this;
        }

        return !StorableText.Is(value) ? Add(member, UnstorableTextException.Code, UnstorableTextException.Text)
            : LengthOf(value) is var length && length > max
                ? Add(member, "too-long", $"At most {max} characters are possible; these are {length}.", max, length)
                : this;
    }

    public Faults Whole(string member, long? value, long min, long max) => value is not { } number
        ? this
        : Check(number >= min && number <= max, member, "out-of-range", Say($"A whole number from {min} to {max} is expected."), min, max);

    /// <summary>One address, without a name beside it; 254 characters at most, as a path of RFC 5321 (section 4.5.3.1.3) leaves.</summary>
    public Faults Email(string member, string? value) => value is null
        ? Add(member, "required", "An e-mail address is needed here.")
        : Check(
            value.Length <= 254 && Address().IsMatch(value) && StorableText.Is(value),
            member,
            "malformed-email",
            "An e-mail address such as ada@example.org is expected.");

    /// <summary>An instant from <paramref name="earliest"/> to <paramref name="latest"/>, both included.</summary>
    public Faults Instant(string member, DateTimeOffset? value, DateTimeOffset? earliest = null, DateTimeOffset? latest = null) =>
        Check(!(value < earliest), member, "too-early", Say($"An instant not before {earliest:u} is expected."), earliest)
            .Check(!(value > latest), member, "too-late", Say($"An instant not after {latest:u} is expected."), latest);

    /// <summary>A day from <paramref name="earliest"/> to <paramref name="latest"/>, both included.</summary>
    public Faults Day(string member, DateOnly? value, DateOnly? earliest = null, DateOnly? latest = null) =>
        Check(!(value < earliest), member, "too-early", Say($"A day not before {earliest:yyyy-MM-dd} is expected."), earliest)
            .Check(!(value > latest), member, "too-late", Say($"A day not after {latest:yyyy-MM-dd} is expected."), latest);

    /// <summary>A half-open range: its end, which <paramref name="endMember"/> names, comes after its start.</summary>
    public Faults Range(string endMember, DateTimeOffset start, DateTimeOffset end) =>
        Check(start < end, endMember, "ends-before-start", "The end must come after the start.");

    /// <summary>An absolute http or https address without user information (RFC 9110 section 4.2.4), 2,000 characters at most.</summary>
    public Faults Url(string member, string? value) => Check(
        value is null || (value.Length <= 2000 && StorableText.Is(value) && Uri.TryCreate(value, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.UserInfo.Length == 0),
        member,
        "malformed-url",
        "An absolute address such as https://example.org/course is expected.");

    public Faults Count<T>(string member, IReadOnlyCollection<T>? list, int min = 0, int max = 100) => Check(
        (list?.Count ?? 0) >= min && (list?.Count ?? 0) <= max,
        member,
        "wrong-count",
        $"From {min} to {max} entries are expected.",
        min,
        max);

    /// <summary>Validates every entry of a list under its own path.</summary>
    public Faults Each<T>(string member, IEnumerable<T>? list, Action<T, Faults> validate)
    {
        foreach (var (index, entry) in (list ?? []).Index())
        {
            validate(entry, In(string.Create(CultureInfo.InvariantCulture, $"{member}/{index}")));
        }

        return this;
    }

    private static int LengthOf(string text) => text.EnumerateRunes().Count();

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[^@\s\p{Cc}<>""(),;:\[\]\\]{1,64}@[^@\s\p{Cc}<>"".(),;:\[\]\\]+(\.[^@\s\p{Cc}<>"".(),;:\[\]\\]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
