using System.Globalization;
using ClusterNet.Accreditation.Resources;
using ClusterNet.Credentials;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>Checks in the reader's words.</summary>
internal sealed class CheckWords(IStringLocalizer<CheckTexts> texts)
{
    public const string Passed = "passed", Failed = "failed", NotChecked = "not-checked";
    public const string Source = "source", Ledger = "ledger", Other = "other", Status = "status";

    public Finding Of(Check check)
    {
        var message = Said(check.Code, check.Message);
        return new(TopicOf(check.Topic), OutcomeOf(check.Outcome), check.Code, message, message == check.Message ? null : check.Message, check.Place.Length == 0 ? null : check.Place);
    }

    /// <summary>Of a check that the module itself makes.</summary>
    public Finding Of(string topic, string outcome, string code) => new(topic, outcome, code, Said(code, code), null, null);

    public string Summary(string what) => texts[$"Summary-{what}"];

    private string Said(string code, string otherwise) => texts[$"Check-{code}"] is { ResourceNotFound: false } said ? said.Value : otherwise;

    private static string TopicOf(CheckTopic topic) => topic.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string OutcomeOf(CheckOutcome outcome) => outcome switch { CheckOutcome.Passed => Passed, CheckOutcome.Failed => Failed, _ => NotChecked };
}
