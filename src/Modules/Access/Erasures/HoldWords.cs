using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Resources;
using ClusterNet.Design;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Access.Erasures;

/// <summary>A hold in a reader's language; a reason that has no words yet is shown by its name.</summary>
internal static class HoldWords
{
    public static string Of(Hold hold, IStringLocalizer<Texts> text)
    {
        var words = text.Said("Hold-" + hold.Reason, hold.Reason);
        return hold.Until is { } until ? text["HoldUntil", words, until.ToString(text["DayFormat"], CultureInfo.CurrentCulture)] : words;
    }
}
