using ClusterNet.Access.SignIn;
using Shouldly;

namespace ClusterNet.Tests.Access;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("eleven quiet lathes at dawn")]
    [InlineData("seven ships without a harbour")]
    [InlineData("Grüne Fräse, 3 Schichten")]
    [InlineData("пять тихих станков утром")]
    [InlineData("🐢🐢🦊🐝🐙🦑🐬🦉🦆🐎🐐🐏")]
    [InlineData("k3vQ9z#Lr8pT")]
    public void Long_and_odd_passwords_of_any_characters_are_taken(string password) => PasswordRules.FaultOf(password).ShouldBeNull();

    [Theory]
    [InlineData(null, "required")]
    [InlineData("            ", "required")]
    [InlineData("short one", "too-short")]
    [InlineData("aaaaaaaaaaaaaaa", "password-repeats")]
    [InlineData("abcabcabcabcabc", "password-repeats")]
    [InlineData("lathelathelathe", "password-repeats")]
    [InlineData("passwordpassword", "password-repeats")]
    [InlineData("123456789012", "password-sequence")]
    [InlineData("qwertyuiop[]asdf", "password-sequence")]
    [InlineData("abcdefghijklmn", "password-sequence")]
    [InlineData("zyxwvutsrqponm", "password-sequence")]
    [InlineData("football123456", "password-common")]
    [InlineData("P@ssw0rd!2024", "password-common")]
    [InlineData("1234password5678", "password-common")]
    [InlineData("clusternet for ever", "password-personal")]
    [InlineData("ClusterN3t 4 all of us", "password-personal")]
    [InlineData("null \0 inside of it", "unstorable-text")]
    public void What_is_tried_first_is_refused_with_its_reason(string? password, string code) =>
        PasswordRules.FaultOf(password).ShouldNotBeNull().Code.ShouldBe(code);

    [Theory]
    [InlineData("ada.lovelace in the mill")]
    [InlineData("my name is Lovelace!")]
    [InlineData("L0velace of the mill")]
    public void A_persons_name_and_address_are_no_password(string password)
    {
        PasswordRules.FaultOf(password, "ada.lovelace@firm.example", "Ada Lovelace").ShouldBe(PasswordRules.Personal);
        PasswordRules.FaultOf(password, "bob@other.example", "Bob").ShouldBeNull();
    }

    [Fact]
    public void More_than_two_hundred_characters_are_too_many() =>
        PasswordRules.FaultOf(string.Concat(Enumerable.Range(0, 60).Select(i => $"w{i * 7919} "))).ShouldBe(PasswordRules.TooLong);

    [Fact]
    public void The_list_is_built_in_and_long() => CommonPasswords.Count.ShouldBeGreaterThan(40_000);
}
