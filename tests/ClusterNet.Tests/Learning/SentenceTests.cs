using ClusterNet.Csv;
using ClusterNet.Learning.Capture;
using ClusterNet.Projections;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Learning;

/// <summary>What one sentence tells by itself.</summary>
public class SentenceTests
{
    /// <summary>A Sunday.</summary>
    private static readonly DateOnly Today = new(2026, 11, 29);

    [Theory]
    [InlineData("Bernd showed me how to set the press brake", "en", "peer-help-received")]
    [InlineData("I showed Bernd how to set the press brake", "en", "peer-help-given")]
    [InlineData("Helped Bernd with the press brake", "en", "peer-help-given")]
    [InlineData("I taught three apprentices to weld", "en", "teaching")]
    [InlineData("Went to the trade fair in Hanover", "en", "event-or-fair")]
    [InlineData("We agreed on a fair price", "en", null)]
    [InlineData("Watched Carla calibrate the gauge", "en", "observation")]
    [InlineData("Scrapped a batch: the offset had the wrong sign", "en", "mistake-reflected")]
    [InlineData("Read an article on what competitors charge", "en", "reading-or-market-scan")]
    [InlineData("Bernd hat mir gezeigt, wie man die Abkantpresse einstellt", "de", "peer-help-received")]
    [InlineData("Ich habe Bernd die Abkantpresse erklärt", "de", "peer-help-given")]
    [InlineData("Auf der Hausmesse beim Händler gewesen", "de", "event-or-fair")]
    [InlineData("Webinar zum Lieferkettengesetz", "de", "webinar")]
    [InlineData("Beim Einrichten ging etwas schief", "de", "mistake-reflected")]
    [InlineData("Drei Azubis eingearbeitet", "de", "teaching")]
    [InlineData("Bernard m’a montré comment régler la presse", "fr", "peer-help-received")]
    [InlineData("J'ai expliqué la presse à Bernard", "fr", "peer-help-given")]
    [InlineData("Visite au salon de la sous-traitance", "fr", "event-or-fair")]
    [InlineData("Entretien avec mon mentor", "fr", "mentoring")]
    public void It_tells_how_it_happened(string text, string language, string? kind) =>
        (Sentence.Read(text, language, Today).Kind is { } found ? WireNames.Of(found) : null).ShouldBe(kind);

    [Theory]
    [InlineData("for 20 min", 20)]
    [InlineData("a 45-minute talk, 45 minutes", 45)]
    [InlineData("took half an hour", 30)]
    [InlineData("an hour and a half", 90)]
    [InlineData("1.5 hours", 90)]
    [InlineData("1,5 Stunden", 90)]
    [InlineData("2 h 15 min", 135)]
    [InlineData("1h30", 90)]
    [InlineData("zwei Stunden lang", 120)]
    [InlineData("eine halbe Stunde", 30)]
    [InlineData("eine Viertelstunde", 15)]
    [InlineData("den ganzen Tag", 480)]
    [InlineData("une demi-heure", 30)]
    [InlineData("trois quarts d’heure", 45)]
    [InlineData("six heures", 360)]
    [InlineData("cost 20 euro", null)]
    [InlineData("0 minutes", null)]
    [InlineData("9000 minutes", null)]
    [InlineData("99 hours", null)]
    public void It_tells_how_long_it_took(string text, int? minutes) => Sentence.Read(text, "en", Today).Minutes.ShouldBe(minutes);

    [Theory]
    [InlineData("yesterday", "en", 1)]
    [InlineData("gestern", "de", 1)]
    [InlineData("hier, avec Paul", "fr", 1)]
    [InlineData("hier im Werk", "de", null)]
    [InlineData("vorgestern", "de", 2)]
    [InlineData("avant-hier", "fr", 2)]
    [InlineData("on Friday", "en", 2)]
    [InlineData("am Sonntag", "de", 7)]
    [InlineData("lundi", "fr", 6)]
    [InlineData("this morning", "en", 0)]
    [InlineData("some day", "en", null)]
    public void It_tells_which_day(string text, string language, int? daysAgo) => Sentence.Read(text, language, Today).DaysAgo.ShouldBe(daysAgo);

    [Fact]
    public void Any_text_is_read_and_tells_nothing_impossible() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
    {
        var read = Sentence.Read(text ?? "", "fr", Today);
        return read is { Minutes: null or (>= 1 and <= 1440), DaysAgo: null or (>= 0 and <= 7) };
    }).QuickCheckThrowOnFailure();

    /// <summary>The demo cluster's records were written by a program, in English, from few patterns: this shows that no rule takes another's words.</summary>
    [Fact]
    public async Task Real_records_are_told_apart()
    {
        await using var stream = File.OpenRead(SharedData.Path("cluster", "learning-records.csv"));
        using var file = await CsvFile.OpenAsync(stream, new(["kind", "what"], []), TestContext.Current.CancellationToken);
        var (all, wrong) = (0, new List<string>());
        await foreach (var row in file.ReadAsync(TestContext.Current.CancellationToken))
        {
            all++;
            if (Sentence.Read(row.Raw("what"), "en", Today).Kind is not { } kind || WireNames.Of(kind) != row.Raw("kind")) wrong.Add($"{row.Raw("kind")}: {row.Raw("what")}");
        }

        TestContext.Current.SendDiagnosticMessage($"{all - wrong.Count} of {all} records are of the kind that their sentence tells.");
        wrong.Count.ShouldBeLessThan(all / 20, string.Join('\n', wrong.Take(20)));
    }
}
