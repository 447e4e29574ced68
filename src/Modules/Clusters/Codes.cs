using System.Text.RegularExpressions;
using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Clusters;

/// <summary>The public classifications that the module speaks, by their form.</summary>
internal static partial class Codes
{
    /// <summary>ISO 3166-1 alpha-2, officially assigned.</summary>
    private static readonly HashSet<string> _countries = [.. (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC " +
        "CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD " +
        "GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH " +
        "KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW " +
        "MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC " +
        "SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY " +
        "UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW").Split(' ')];

    public static bool IsCountry(string text) => _countries.Contains(text);

    /// <summary>
    /// A region of NUTS level 0 to 3: country, then a character a level (Regulation (EC) No 1059/2003, Article 3 and Annex I).
    /// </summary>
    public static bool IsNuts(string text) => Nuts().IsMatch(text);

    /// <summary>The region lies in the country. NUTS writes Greece EL and the United Kingdom UK, where ISO 3166 has GR and GB.</summary>
    public static bool IsNutsOf(string country, string nuts) =>
        nuts.StartsWith(country switch { "GR" => "EL", "GB" => "UK", _ => country }, StringComparison.Ordinal);

    /// <summary>
    /// A section, division, group or class of NACE, such as <c>C</c>, <c>25</c>, <c>25.6</c>, <c>25.62</c> (Regulation (EC) No 1893/2006,
    /// Annex I).
    /// </summary>
    public static bool IsNace(string text) => Nace().IsMatch(text);

    /// <summary>A language by its ISO 639 code, as BCP 47 begins with it.</summary>
    public static bool IsLanguage(string text) => Language().IsMatch(text);

    public static Faults Nuts(this Faults faults, string member, string? value) => faults.Check(
        value is not null && IsNuts(value), member, "malformed-nuts",
        "A NUTS code such as DEA58 is expected: the country and up to three characters.");

    public static Faults Nace(this Faults faults, string member, string? value) => faults.Check(
        value is not null && IsNace(value), member, "malformed-nace",
        "A NACE code such as 25.62 is expected: a section, division, group or class.");

    public static Faults Country(this Faults faults, string member, string? value) => faults.Check(
        value is not null && IsCountry(value), member, "unknown-country",
        "A country's two letters of ISO 3166-1, such as DE, are expected.");

    public static Faults Language(this Faults faults, string member, string? value) => faults.Check(
        value is not null && IsLanguage(value), member, "malformed-language", "A language code such as de is expected.");

    [GeneratedRegex(@"^[A-Z]{2}[0-9A-Z]{0,3}\z")]
    private static partial Regex Nuts();

    [GeneratedRegex(@"^([A-V]|[0-9]{2}(\.[0-9]{1,2})?)\z")]
    private static partial Regex Nace();

    [GeneratedRegex(@"^[a-z]{2,3}\z")]
    private static partial Regex Language();
}

/// <summary>Refusals that several slices share.</summary>
internal static class Refusals
{
    public static readonly Refusal FirmUnknown = new("firm-unknown", "There is no such firm; look the id up in the list of a cluster's firms.", 404);

    public static readonly Refusal PersonUnknown = new("person-unknown", "No such person works in this firm; look the id up in the list of its people.", 404);
}
