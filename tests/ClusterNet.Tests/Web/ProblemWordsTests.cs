using System.Globalization;
using ClusterNet.Design;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;

namespace ClusterNet.Tests.Web;

/// <summary>What pages say of a refusal, in the reader's language: the page's own texts, then its module's, then those of all pages, then the API's.</summary>
public class ProblemWordsTests
{
    private static readonly StringLocalizer<PoolTexts> Texts = new(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    [Theory]
    [InlineData("en", "At most 5 characters are possible; these are 7.")]
    [InlineData("de", "Möglich sind höchstens 5 Zeichen; das sind 7.")]
    [InlineData("fr", "5 caractères au plus sont possibles ; il y en a 7.")]
    public void A_fault_keeps_its_numbers(string culture, string said) => Said(culture, new Faults().Text("title", "Welding", max: 5)).ShouldBe(said);

    [Fact]
    public void Every_general_fault_is_said_in_german()
    {
        var (day, at) = (new DateOnly(2027, 3, 9), new DateTimeOffset(2027, 3, 9, 14, 30, 0, TimeSpan.Zero));

        Said("de", new Faults().Text("a", "")).ShouldBe("Bitte füllen Sie dies aus.");
        Said("de", new Faults().Text("a", "x", min: 3)).ShouldBe("Nötig sind mindestens 3 Zeichen; das sind 1.");
        Said("de", new Faults().Text("a", "\0")).ShouldStartWith("Dieser Text enthält Zeichen");
        Said("de", new Faults().Whole("a", 9, 1, 5)).ShouldBe("Erwartet wird eine ganze Zahl von 1 bis 5.");
        Said("de", new Faults().Email("a", "x")).ShouldBe("Erwartet wird eine E-Mail-Adresse wie ada@example.org.");
        Said("de", new Faults().Day("a", day.AddDays(-1), day)).ShouldBe("Das ist zu früh: frühestens 9. März 2027.");
        Said("de", new Faults().Day("a", day.AddDays(1), latest: day)).ShouldBe("Das ist zu spät: spätestens 9. März 2027.");
        Said("de", new Faults().Instant("a", at.AddDays(-1), at)).ShouldBe("Das ist zu früh: frühestens 9. März 2027, 14:30 UTC.");
        Said("de", new Faults().Range("a", at, at)).ShouldBe("Das Ende muss nach dem Anfang liegen.");
        Said("de", new Faults().Url("a", "x")).ShouldStartWith("Erwartet wird eine ganze Adresse");
        Said("de", new Faults().Count("a", new int[3], 1, 2)).ShouldBe("Erwartet werden 1 bis 2 Einträge.");
    }

    [Fact]
    public void An_instant_is_on_the_readers_clock()
    {
        var at = new DateTimeOffset(2027, 3, 9, 14, 30, 0, TimeSpan.Zero);
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = "tz=Europe/Berlin";
        var accessor = new HttpContextAccessor { HttpContext = http };

        Said("de", new Faults().Instant("a", at.AddDays(-1), at)).ShouldBe("Das ist zu früh: frühestens 9. März 2027, 15:30.");
        accessor.HttpContext = null;
    }

    [Fact]
    public void The_page_says_more_of_its_own_fields()
    {
        Said("de", new Faults().Add("to", "too-long", "Name 92 days at most.")).ShouldBe("Höchstens 92 Tage; eine längere Zeit in mehreren Teilen eintragen.");
        Said("de", new Faults().Add("to", "ends-before-start", "The last day comes after the first.")).ShouldBe("Der letzte Tag liegt nach dem ersten oder ist derselbe.");
        Said("de", new Faults().Add("end", "too-short", "A session takes 15 minutes.")).ShouldBe("Eine Veranstaltung dauert mindestens 15 Minuten."); // the module's
        Said("de", new Faults().Add("other", "too-long", "No number is known here.")).ShouldBe("No number is known here.");
    }

    [Fact]
    public void A_refusal_is_looked_for_from_the_page_outwards()
    {
        string Refused(string code) => In("fr", () => ProblemWords.Of(new Refusal(code, "What the API says.").ToProblem(), Texts)) ?? "";

        Refused("money-has-no-rate").ShouldStartWith("L’argent vaut ce qu’il est.");
        Refused("cluster-unknown").ShouldStartWith("Ce cluster n’existe pas");
        Refused("stale-version").ShouldBe("Cela a changé entre-temps. Veuillez revoir et décider à nouveau.");
        Refused("known-nowhere").ShouldBe("What the API says.");
        ProblemWords.Of(Results.Ok(), Texts).ShouldBeNull();
    }

    private static string Said(string culture, Faults faults) => In(culture, () => ProblemWords.Of(Problems.Invalid(faults.All), Texts)) ?? "";

    private static T In<T>(string culture, Func<T> say)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
