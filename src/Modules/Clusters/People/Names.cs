using ClusterNet.Clusters.Resources;
using ClusterNet.Privacy;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters.People;

/// <summary>How pages call people.</summary>
internal static class Names
{
    public static string Of(Personal<string> given, Personal<string> family, IStringLocalizer<Texts> text) =>
        given.With(family, (g, f) => $"{g} {f}".Trim()).Or(text["Erased"]);
}
