using ClusterNet.Accreditation.Credentials;
using Shouldly;

namespace ClusterNet.Tests.Accreditation;

public sealed class CredentialNumberTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static readonly CredentialNumber[] Numbers = [.. Enumerable.Range(0, 200)
        .Select(i => CredentialNumber.New(Scene.Now.AddYears(i % 40)))];

    [Fact]
    public void A_number_has_a_year_eight_random_characters_and_a_check_character() =>
        Numbers[0].Text.ShouldMatch("^CN-2026-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$");

    [Fact]
    public void Numbers_do_not_repeat() => Numbers.Distinct().Count().ShouldBe(Numbers.Length);

    [Fact]
    public void A_number_reads_as_itself_however_it_is_typed()
    {
        foreach (var number in Numbers)
        {
            CredentialNumber.Read(number.Text).ShouldBe(number);
            var typed = number.Text.Replace("-", " ", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l');
#pragma warning disable CA1308 // lower case is what people type
            CredentialNumber.Read(typed.ToLowerInvariant()).ShouldBe(number);
#pragma warning restore CA1308
        }
    }

    [Fact]
    public void Every_single_wrong_character_is_noticed()
    {
        foreach (var text in Numbers.Select(n => n.Text))
        {
            foreach (var at in Enumerable.Range(3, text.Length - 3).Where(i => text[i] != '-'))
            {
                foreach (var wrong in Alphabet.Where(c => c != text[at]))
                    CredentialNumber.Read(text[..at] + wrong + text[(at + 1)..]).ShouldBeNull();
            }
        }
    }

    [Fact]
    public void Every_swap_of_neighbours_is_noticed()
    {
        foreach (var symbols in Numbers.Select(n => n.Text.Replace("-", "", StringComparison.Ordinal)))
        {
            foreach (var at in Enumerable.Range(2, symbols.Length - 3).Where(i => symbols[i] != symbols[i + 1]))
                CredentialNumber.Read($"{symbols[..at]}{symbols[at + 1]}{symbols[at]}{symbols[(at + 2)..]}").ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("CN")]
    [InlineData("XX-2026-7F3K-9Q2M-X")]
    [InlineData("CN-2026-7F3K-9Q2M")]
    [InlineData("CN-2026-7F3K-9Q2M-XX")]
    [InlineData("CN-2026-7F3U-9Q2M-X")]
    [InlineData("CN-2026-7F3K-9Q2M-é")]
    public void What_is_no_number_is_not_read(string typed) => CredentialNumber.Read(typed).ShouldBeNull();
}
