using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Library;
using ClusterNet.Learning.Records;
using ClusterNet.Web;
using Shouldly;
using OpinionSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Library.Opinion, ClusterNet.Learning.Library.OpinionEvent>;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Learning.Library.LibraryLife, ClusterNet.Learning.Library.LibraryEvent>;

namespace ClusterNet.Tests.Learning.Communities;

public class LibraryDecisionTests
{
    private static readonly Id<Person> Anna = new(Guid.NewGuid()), Bernd = new(Guid.NewGuid()), Lead = new(Guid.NewGuid());
    private static readonly Id<Community> Community = new(Guid.NewGuid());
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly ItemWords Words = new("Drills", "How to", ["drills"], [], Anna);
    private static readonly ItemContent Page = new("https://example.org/a", null), Other = new("https://example.org/b", null);
    private static readonly LibraryItemAdded Added = new(Community, LibraryKind.Link, "Drills", "How to", ["drills"], [], null, Page, Anna, PostStatus.Shown, Now);
    private static readonly LibraryItemRenewed Renewed = new(null, Other, "Moved", Bernd, PostStatus.InReview, Now);
    private static readonly RenewItem Renew = new(LibraryKind.Link, new(null, Other, Bernd), "Moved", PostStatus.Shown, Now);

    [Fact]
    public void What_is_added_is_the_first_version() => Spec.Given().When(new AddItem(Community, LibraryKind.Link, Words, new(null, Page, Anna), PostStatus.Shown, Now)).Then(Added);

    [Fact]
    public void The_same_words_again_are_no_version()
    {
        Spec.Given(Added).When(new ReviseItem(Words with { By = Bernd }, "", PostStatus.Shown, Now)).Then();
        Spec.Given(Added).When(new ReviseItem(Words with { Title = "Drill bits", By = Bernd }, "clearer", PostStatus.Shown, Now))
            .Then(new LibraryItemRevised("Drill bits", "How to", ["drills"], [], "clearer", Bernd, PostStatus.Shown, Now));
    }

    [Fact]
    public void A_new_version_is_of_the_same_kind()
    {
        Spec.Given(Added).When(Renew).Then(Renewed with { Status = PostStatus.Shown });
        Spec.Given(Added, Renewed).When(Renew).Then();
        Spec.Given(Added).When(Renew with { Kind = LibraryKind.Video }).ThenRefused(LibraryRules.OtherKind);
        Spec.Given().When(Renew).ThenRefused(LibraryRules.Unknown);
    }

    [Fact]
    public void What_waits_is_in_no_version_that_others_make()
    {
        var state = new LibraryEvent[] { Added, Renewed, new LibraryItemRevised("Drill bits", "", [], [], "", Anna, PostStatus.Shown, Now) }.Aggregate(LibraryLife.Initial, LibraryLife.Evolve);

        var kept = state.ShouldBeOfType<LibraryLife.Kept>();
        kept.Current.ShouldNotBeNull().Source.Content.ShouldBe(Page);
        kept.Current.Words.Title.ShouldBe("Drill bits");
    }

    [Fact]
    public void Of_erased_versions_the_newest_that_is_whole_is_shown()
    {
        var erased = Added with { Title = default, Content = default, Text = default };
        var state = new LibraryEvent[] { Added, Renewed with { Content = default, Status = PostStatus.Shown } }.Aggregate(LibraryLife.Initial, LibraryLife.Evolve);
        state.ShouldBeOfType<LibraryLife.Kept>().Current.ShouldNotBeNull().Number.ShouldBe(1);
        state = new LibraryEvent[] { erased, Renewed with { Status = PostStatus.Shown } }.Aggregate(LibraryLife.Initial, LibraryLife.Evolve);
        var current = state.ShouldBeOfType<LibraryLife.Kept>().Current.ShouldNotBeNull();
        (current.Source.Content.Or(Page), current.Words.Title.IsKnown).ShouldBe((Other, false));
    }

    [Fact]
    public void Drafts_are_handed_in_by_their_author_and_let_through_by_a_facilitator()
    {
        var draft = Added with { Status = PostStatus.Draft };
        Spec.Given(draft).When(new PublishItem(1, Bernd, true, PostStatus.Shown, Now)).ThenRefused(LibraryRules.NotAuthor);
        Spec.Given(draft).When(new PublishItem(1, Anna, false, PostStatus.InReview, Now)).Then(new LibraryItemPublished(1, PostStatus.InReview, Anna, Now));
        var waiting = Added with { Status = PostStatus.InReview };
        Spec.Given(waiting).When(new PublishItem(1, Anna, false, PostStatus.InReview, Now)).ThenRefused(CommunityRules.NotFacilitator);
        Spec.Given(waiting).When(new PublishItem(1, Lead, true, PostStatus.Shown, Now)).Then(new LibraryItemPublished(1, PostStatus.Shown, Lead, Now));
        Spec.Given(Added).When(new PublishItem(1, Lead, true, PostStatus.Shown, Now)).Then();
        Spec.Given(Added).When(new PublishItem(7, Lead, true, PostStatus.Shown, Now)).ThenRefused(LibraryRules.VersionUnknown);
    }

    [Fact]
    public void A_flag_counts_once_and_is_over_when_somebody_has_looked()
    {
        var flagged = new LibraryItemFlagged("Copied", Bernd, Now);
        Spec.Given(Added).When(new FlagItem("Copied", Bernd, Now)).Then(flagged);
        Spec.Given(Added, flagged).When(new FlagItem("Copied", Bernd, Now)).Then();
        Spec.Given(Added).When(new FlagItem("Copied", Anna, Now)).ThenRefused(LibraryRules.Own);
        Spec.Given(Added, flagged).When(new ModerateItem(Moderation.Keep, "It is ours", Lead, Now)).Then(new LibraryItemModerated(Moderation.Keep, "It is ours", Lead, Now));
        Spec.Given(Added).When(new ModerateItem(Moderation.Keep, "It is ours", Lead, Now)).Then();
    }

    [Fact]
    public void What_is_hidden_can_be_shown_again_and_nothing_is_hidden_twice()
    {
        var hidden = new LibraryItemModerated(Moderation.Hide, "Copied", Lead, Now);
        Spec.Given(Added).When(new ModerateItem(Moderation.Hide, "Copied", Lead, Now)).Then(hidden);
        Spec.Given(Added, hidden).When(new ModerateItem(Moderation.Hide, "Copied", Lead, Now)).Then();
        Spec.Given(Added, hidden).When(new ModerateItem(Moderation.Restore, "Permitted", Lead, Now)).Then(new LibraryItemModerated(Moderation.Restore, "Permitted", Lead, Now));
        Spec.Given(Added, hidden).When(new FlagItem("Copied", Bernd, Now)).ThenRefused(LibraryRules.NotShown);
        Spec.Given(Added).When(new ModerateItem(Moderation.Return, "Unclear", Lead, Now)).ThenRefused(ModeratePost.NotInReview);
    }

    [Fact]
    public void Who_alone_made_it_takes_it_back()
    {
        Spec.Given(Added).When(new WithdrawItem(Anna, Now)).Then(new LibraryItemWithdrawn(Anna, Now));
        Spec.Given(Added, Renewed).When(new WithdrawItem(Anna, Now)).ThenRefused(LibraryRules.NotYours);
        Spec.Given(Added).When(new WithdrawItem(Bernd, Now)).ThenRefused(LibraryRules.NotYours);
        Spec.Given(Added, new LibraryItemWithdrawn(Anna, Now)).When(new WithdrawItem(Anna, Now)).Then();
    }

    [Fact]
    public void The_last_rating_counts_and_the_same_again_is_none()
    {
        var item = new Id<LibraryItem>(Guid.NewGuid());
        var four = new LibraryItemRated(Community, item, 4, Bernd, Now);
        OpinionSpec.Given().When(new RateItem(Community, item, 4, Bernd, Now)).Then(four);
        OpinionSpec.Given(four).When(new RateItem(Community, item, 4, Bernd, Now)).Then();
        OpinionSpec.Given(four).When(new RateItem(Community, item, null, Bernd, Now)).Then(four with { Stars = null });
        OpinionSpec.Given([.. Enumerable.Range(0, RateItem.MaxChanges).Select(i => four with { Stars = 1 + (i % 2) })]).When(new RateItem(Community, item, 5, Bernd, Now)).ThenRefused(RateItem.TooOften);
        OpinionSpec.Given().When(new MarkUsed(Community, item, false, Bernd, Now)).Then();
    }

    [Theory]
    [InlineData(4, 20, null)]
    [InlineData(5, 21, 4.0)]
    [InlineData(5, 22, 4.5)]
    [InlineData(8, 38, 5.0)]
    public void A_mean_is_told_from_five_ratings_on_and_in_halves(int ratings, int sum, double? mean) => Figures.Of(ratings, sum, 0).Mean.ShouldBe(mean);

    [Theory]
    [InlineData("https://example.org/a?b=c#d", true)]
    [InlineData("http://93.184.216.34/", true)]
    [InlineData("https://[2606:2800:220:1:248:1893:25c8:1946]/", true)]
    [InlineData("https://bücher.example.org/", true)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://user:secret@example.org/", false)]
    [InlineData("//example.org/", false)]
    [InlineData("http://localhost:8080/", false)]
    [InlineData("http://localhost.localdomain/", false)]
    [InlineData("http://①②⑦.⓪.⓪.①/", false)]
    [InlineData("http://127。0。0。1/", false)]
    [InlineData("http://[64:ff9b::a00:1]/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://2130706433/", false)]
    [InlineData("http://0x7f.1/", false)]
    [InlineData("http://10.1.2.3/", false)]
    [InlineData("http://172.31.0.1/", false)]
    [InlineData("http://192.168.1.1/admin", false)]
    [InlineData("http://169.254.169.254/latest/meta-data", false)]
    [InlineData("http://100.64.0.1/", false)]
    [InlineData("http://[::1]/", false)]
    [InlineData("http://[::ffff:192.168.1.1]/", false)]
    [InlineData("http://[fd00::1]/", false)]
    [InlineData("http://[fe80::1]/", false)]
    [InlineData("http://[64:ff9b::a01:203]/", false)]
    [InlineData("http://fileserver/plans", false)]
    [InlineData("http://nas.local/plans", false)]
    [InlineData("http://nas.local./plans", false)]
    [InlineData("http://wiki.corp.internal/", false)]
    [InlineData("http://nas.office\u3002local/", false)]
    [InlineData("", false)]
    public void Links_lead_to_what_others_can_open(string link, bool taken) => (new Faults().Link("url", link).All.Count == 0).ShouldBe(taken);

    [Fact]
    public void Tags_are_the_same_however_they_are_typed() =>
        LibraryRules.Tidy([" #Edge  Finishing", "edge finishing", "BU\u0308RSTEN", "bürsten", " # ", ""]).ShouldBe(["edge finishing", "bürsten"]);

    [Fact]
    public void A_file_s_name_makes_a_title() => FileFacts.Stem("C:\\Users\\me\\Edge finishing.pdf").ShouldBe("Edge finishing");
}
