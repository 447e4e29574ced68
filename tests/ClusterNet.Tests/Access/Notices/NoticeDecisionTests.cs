using ClusterNet.Access.Contracts;
using ClusterNet.Access.Notices;
using Shouldly;

namespace ClusterNet.Tests.Access.Notices;

public sealed class NoticeDecisionTests
{
    [Theory]
    [InlineData(NoticeMail.Digest, null, true, "Digest")]
    [InlineData(NoticeMail.AtOnce, null, true, "AtOnce")]
    [InlineData(NoticeMail.Never, null, true, "None")]
    [InlineData(NoticeMail.AtOnce, NoticeMail.Never, true, "None")]
    [InlineData(NoticeMail.AtOnce, NoticeMail.Digest, true, "Digest")]
    [InlineData(NoticeMail.Never, NoticeMail.AtOnce, true, "AtOnce")]
    [InlineData(NoticeMail.AtOnce, null, false, "None")]
    [InlineData(NoticeMail.AtOnce, NoticeMail.AtOnce, false, "None")]
    public void A_choice_goes_before_the_kind_and_who_cannot_sign_in_gets_no_mail(NoticeMail kind, NoticeMail? chosen, bool canSignIn, string mail) =>
        NoticeRules.MailFor(new("k", "learning", typeof(object), kind), chosen, canSignIn).ToString().ShouldBe(mail);

    [Theory]
    [InlineData("2026-05-04T04:59:59Z", "Europe/Berlin", "2026-05-03T05:00:00Z")]
    [InlineData("2026-05-04T05:00:00Z", "Europe/Berlin", "2026-05-04T05:00:00Z")]
    [InlineData("2026-05-04T23:59:00Z", "Europe/Berlin", "2026-05-04T05:00:00Z")]
    [InlineData("2026-01-04T06:30:00Z", "Europe/Berlin", "2026-01-04T06:00:00Z")]
    // The clocks went forward in the night before.
    [InlineData("2026-03-29T05:00:00Z", "Europe/Berlin", "2026-03-29T05:00:00Z")]
    [InlineData("2026-03-29T04:59:00Z", "Europe/Berlin", "2026-03-28T06:00:00Z")]
    [InlineData("2026-05-04T12:00:00Z", "Pacific/Kiritimati", "2026-05-03T17:00:00Z")]
    [InlineData("2026-05-04T12:00:00Z", "America/Los_Angeles", "2026-05-03T14:00:00Z")]
    public void The_daily_mail_is_due_at_seven_on_the_readers_clock(string now, string zone, string struck) =>
        NoticeRules.LastDigest(DateTimeOffset.Parse(now, null), TimeZoneInfo.FindSystemTimeZoneById(zone)).ShouldBe(DateTimeOffset.Parse(struck, null));
}
