using ClusterNet.Accreditation.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Accreditation.Applications;

/// <summary>What evidence lacks, in the reader's language.</summary>
internal static class Lacks
{
    public static string Of(Shortfall lack, IStringLocalizer<Texts> text) => text[$"Lack-{lack.Rule}", lack.Need - lack.Have, AboutOf(lack, text), lack.Need];

    private static string AboutOf(Shortfall lack, IStringLocalizer<Texts> text) => lack switch
    {
        { Kind: { } kind } => text["Kind-" + kind],
        { Criterion: { } criterion } => criterion,
        { Rule: "minPerCriterion" or "minKindsPerCriterion" } => text["LackAnyCriterion"],
        _ => $"{lack.Have}",
    };
}
