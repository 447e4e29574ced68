using System.Globalization;
using Shouldly;

namespace ClusterNet.Tests.Csv;

public class CsvCellTests
{
    private static readonly string[] Kinds = ["on-the-job", "observation", "mentoring", "webinar"];

    [Fact]
    public async Task A_text_is_trimmed_and_composed()
    {
        // A Mac writes an umlaut as a letter and a combining mark.
        var row = await CsvTexts.Row("name", "  Ju\u0308rgen D'Angelo ");

        row.Text("name").ShouldBe("J\u00FCrgen D'Angelo");
        row.Raw("name").ShouldBe("  Ju\u0308rgen D'Angelo ");
    }

    [Theory]
    [InlineData("", "cell-empty")]
    [InlineData("12345678901", "cell-too-long")]
    public async Task A_text_must_be_there_and_fit(string cell, string code)
    {
        var row = await CsvTexts.Row("name", cell);

        row.Text("name", max: 10).ShouldBe("");
        row.Faults.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Fact]
    public async Task An_optional_cell_may_be_empty_whatever_its_type()
    {
        var row = await CsvTexts.Row("x", "  ");

        row.OptionalText("x").ShouldBeNull();
        row.OptionalWhole("x", 1, 2).ShouldBeNull();
        row.OptionalLargeWhole("x", 1, 2).ShouldBeNull();
        row.OptionalInstant("x").ShouldBeNull();
        row.OptionalDate("x").ShouldBeNull();
        row.OptionalOneOf("x", Kinds).ShouldBeNull();
        row.OptionalEmail("x").ShouldBeNull();
        row.OptionalWebAddress("x").ShouldBeNull();
        row.List("x").ShouldBeEmpty();
        row.EmailList("x").ShouldBeEmpty();
        row.IsSound.ShouldBeTrue();
    }

    [Theory]
    [InlineData("57", 57, null)]
    [InlineData(" +7 ", 7, null)]
    [InlineData("251", 0, "cell-out-of-range")]
    [InlineData("-1", 0, "cell-out-of-range")]
    [InlineData("99999999999999999999999", 0, "cell-out-of-range")]
    [InlineData("1.000", 0, "cell-not-a-whole-number")]
    [InlineData("1 000", 0, "cell-not-a-whole-number")]
    [InlineData("57,0", 0, "cell-not-a-whole-number")]
    [InlineData("٥٧", 0, "cell-not-a-whole-number")]
    [InlineData("about 57", 0, "cell-not-a-whole-number")]
    public async Task A_whole_number_is_digits_within_bounds(string cell, int expected, string? code)
    {
        var row = await CsvTexts.Row("headcount", cell);

        row.Whole("headcount", 0, 250).ShouldBe(expected);
        row.Faults.Select(fault => fault.Code).SingleOrDefault().ShouldBe(code);
    }

    [Theory]
    [InlineData("2026-02-11T13:42:00Z", "2026-02-11T13:42:00.0000000+00:00")]
    [InlineData("2026-02-11t13:42:00z", "2026-02-11T13:42:00.0000000+00:00")]
    [InlineData("2026-02-11 14:42:00+01:00", "2026-02-11T13:42:00.0000000+00:00")]
    [InlineData("2026-02-11T13:42:00.1234567891Z", "2026-02-11T13:42:00.1234567+00:00")]
    [InlineData("2026-02-11T13:42:00", null)]
    [InlineData("2026-02-11T13:42Z", null)]
    [InlineData("2026-02-30T13:42:00Z", null)]
    [InlineData("2026-02-11T25:42:00Z", null)]
    [InlineData("2026-02-11T13:42:00+99:00", null)]
    [InlineData("11.02.2026 13:42", null)]
    [InlineData("46064.57", null)]
    public async Task An_instant_has_an_offset_and_becomes_UTC(string cell, string? expected)
    {
        var row = await CsvTexts.Row("happened_at", cell);

        var instant = row.Instant("happened_at");

        row.IsSound.ShouldBe(expected is not null);
        if (expected is not null)
            instant.ToString("O", CultureInfo.InvariantCulture).ShouldBe(expected);
        else
            row.Faults.ShouldHaveSingleItem().Code.ShouldBe("cell-not-an-instant");
    }

    [Theory]
    [InlineData("2025-08-19", true)]
    [InlineData("2025-02-29", false)]
    [InlineData("19.08.2025", false)]
    public async Task A_day_is_written_year_month_day(string cell, bool good)
    {
        var row = await CsvTexts.Row("joined_on", cell);

        row.Date("joined_on").ShouldBe(good ? new DateOnly(2025, 8, 19) : default);
        row.IsSound.ShouldBe(good);
    }

    [Fact]
    public async Task An_allowed_value_is_returned_in_its_own_spelling() =>
        (await CsvTexts.Row("kind", " On-The-Job")).OneOf("kind", Kinds).ShouldBe("on-the-job");

    [Theory]
    [InlineData("on the job", "Did you mean on-the-job?")]
    [InlineData("Observaton", "Did you mean observation?")]
    [InlineData("mentorng", "Did you mean mentoring?")]
    [InlineData("skydiving", "Allowed are: on-the-job, observation, mentoring, webinar.")]
    public async Task A_value_not_allowed_comes_with_what_was_probably_meant(string cell, string remedy)
    {
        var row = await CsvTexts.Row("kind", cell);

        row.OneOf("kind", Kinds).ShouldBe("");
        row.Faults.ShouldHaveSingleItem().Remedy.ShouldBe(remedy);
    }

    [Theory]
    [InlineData("Soren.DAngelo.4@Querform.example", true)]
    [InlineData("wiebke.núnez.11@winkelmann-tech.example", true)]
    [InlineData("o'neill+cnc@firm.co.example", true)]
    [InlineData("nobody", false)]
    [InlineData("a@b", false)]
    [InlineData("a@@b.example", false)]
    [InlineData("a b@c.example", false)]
    [InlineData("a..b@c.example", false)]
    [InlineData(".a@c.example", false)]
    [InlineData("a@c..example", false)]
    [InlineData("Anna <a@c.example>", false)]
    [InlineData("a@c.example\r\nBcc: x@y.example", false)]
    public async Task An_address_looks_like_one_and_is_lower_case(string cell, bool good)
    {
        var row = await CsvTexts.Row("email", cell);

        row.Email("email").ShouldBe(good ? cell.ToLowerInvariant() : "");
        row.IsSound.ShouldBe(good);
    }

    [Fact]
    public async Task A_list_has_no_empty_and_no_repeated_parts() =>
        (await CsvTexts.Row("skills", " a; b;;a ;")).List("skills").ShouldBe(["a", "b"]);

    [Fact]
    public async Task A_bad_address_in_a_list_is_named()
    {
        var row = await CsvTexts.Row("with_emails", "A@b.example;nobody;a@B.example");

        row.EmailList("with_emails").ShouldBe(["a@b.example"]);
        row.Faults.ShouldHaveSingleItem().Value.ShouldBe("nobody");
    }

    [Theory]
    [InlineData("https://querform.example", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("querform.example", false)]
    public async Task A_web_address_is_http(string cell, bool good)
    {
        var row = await CsvTexts.Row("website", cell);

        (row.OptionalWebAddress("website") is not null).ShouldBe(good);
        row.IsSound.ShouldBe(good);
    }

    [Fact]
    public async Task All_faults_of_a_row_are_collected_with_short_values()
    {
        var row = await CsvTexts.Row("headcount", new string('9', 78) + "😀😀😀");

        row.Whole("headcount", 0, 9);
        row.Refuse("other", "caller-says-no", "No.", "Do better.");

        row.Faults.Select(fault => fault.Code).ShouldBe(["cell-not-a-whole-number", "caller-says-no"]);
        row.Faults[0].Value.ShouldBe(new string('9', 78) + "…");
        row.Faults[0].Line.ShouldBe(2);
        row.Faults[1].Value.ShouldBe("x");
    }

    [Fact]
    public async Task An_optional_column_that_is_not_in_the_file_reads_as_empty() =>
        (await CsvTexts.Read("name,city\nA,B\n")).Rows[0].OptionalText("note").ShouldBeNull();
}
