using System.Globalization;
using ClusterNet.Design;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Terms;

/// <summary>The terms of seats as somebody types them.</summary>
internal sealed class TermsInput
{
    /// <summary>Which terms the form was filled in on.</summary>
    public string? Seen { get; set; }

    public string? Late { get; set; }

    public string? NoShow { get; set; }

    public string? Hours { get; set; }

    public static TermsInput Of(SeatTerms terms) => new()
    {
        Late = terms.LateFeeCents is { } late ? Typed(late) : null,
        NoShow = terms.NoShowFeeCents == 0 ? null : Typed(terms.NoShowFeeCents),
        Hours = terms.AcceptHours?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What was typed; faults stand at the fields.</summary>
    public TermsBody Read(FormFaults faults, IStringLocalizer text)
    {
        var (late, noShow) = (Cents(Late, "Form.Late"), Cents(NoShow, "Form.NoShow"));
        int? hours = string.IsNullOrWhiteSpace(Hours) ? null : int.TryParse(Hours, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        return new(late, noShow ?? 0, hours);

        long? Cents(string? amount, string field)
        {
            if (string.IsNullOrWhiteSpace(amount)) return null;
            var cents = Euro.Read(amount, TermsBody.MaxFeeCents);
            if (cents is null) faults.Add(field, text["FeeExpected", Euro.Of(TermsBody.MaxFeeCents)]);
            return cents;
        }
    }

    private static string Typed(long cents) => (cents / 100m).ToString("0.00", CultureInfo.CurrentCulture);
}
