using System.Globalization;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>The European Qualifications Framework (Council Recommendation 2017/C 189/03, annex II).</summary>
internal static class Eqf
{
    /// <summary>The concept of a level, 1 to 8.</summary>
    public static string Uri(int level) => string.Create(CultureInfo.InvariantCulture, $"http://data.europa.eu/snb/eqf/{level}");
}
