using ClusterNet.Tests.Access.Federation;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Sign-in by a firm's provider, tokens and machine clients as people meet them.</summary>
public sealed class FederationPageTests(FederatedHost hosts) : IClassFixture<FederatedHost>
{
    private static readonly BrowserNewContextOptions WithoutScript = new() { JavaScriptEnabled = false };

    [Fact]
    public async Task Somebody_types_the_address_and_comes_back_signed_in_from_the_firms_provider()
    {
        await using var provider = await RealProvider.Start();
        var firm = await hosts.Firm(provider.Issuer, "none-yet", null);
        var (id, secret) = await provider.Register($"{hosts.Host.Url.ToString().TrimEnd('/')}{firm.Callback}");
        (await firm.Offer(provider.Issuer, id, secret)).ShouldBe(System.Net.HttpStatusCode.OK);
        var (_, email) = await firm.Employs("anna");
        await provider.Has(("sub-anna", new { email, email_verified = true }), ("sub-stranger", new { email = $"stranger@{firm.Domain}", email_verified = true }));
        await using var browser = await Opened.On(hosts.Host, null, WithoutScript);
        var page = browser.Page;
        await page.GotoAsync("/sign-in?to=/account/firm-sign-in");
        await ThroughProvider(page, email, "sub-stranger");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ask your firm’s manager");

        await browser.Page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in?to=/account/firm-sign-in");
        await ThroughProvider(page, email, "sub-anna");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign-in with your firm");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(provider.Issuer);
        await page.Locator("summary", new() { HasText = "Remove the link" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the link" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("No link to a firm’s sign-in");
    }

    [Fact]
    public async Task The_operator_tests_changes_and_removes_a_firms_sign_in_without_script()
    {
        var firm = await hosts.Firm(hosts.Forged.Issuer);
        await using var browser = await Opened.On(hosts.Host, hosts.Operator, WithoutScript);
        var page = browser.Page;
        await page.GotoAsync($"/admin/sign-in-providers?firm={firm.Id}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(firm.Callback);
        (await page.GetByLabel("Client secret").InputValueAsync()).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test the provider" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "offers 1 keys" })).ToBeVisibleAsync();
        await page.GetByLabel("Mail domains").FillAsync("no domain!");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nordwind.example");
        await Assertions.Expect(page.GetByLabel("Mail domains")).ToHaveValueAsync("no domain!");
        await page.GetByLabel("Mail domains").FillAsync($"{firm.Domain} also-{firm.Domain}");
        await page.GetByLabel("Only so: passwords off").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("saved");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = firm.Domain })).ToContainTextAsync("no passwords");
        await page.Locator("summary", new() { HasText = "Remove this sign-in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this sign-in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = firm.Domain })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_token_is_issued_shown_once_and_revoked_without_script()
    {
        var person = await hosts.Host.Newcomer(hosts.Operator, "Theo Token");
        await using var browser = await Opened.On(hosts.Host, person, WithoutScript);
        var page = browser.Page;
        await page.GotoAsync("/account/tokens");
        await page.GetByLabel("Name").FillAsync("Laptop <b>");
        await page.GetByLabel("Read everything", new() { Exact = true }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue the token" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("at least one thing");
        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Laptop <b>");
        await page.GetByLabel("Accounts and roles: read", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue the token" }).ClickAsync();
        var token = await page.GetByLabel("Token", new() { Exact = true }).InputValueAsync();
        using var program = hosts.Host.Anonymous();
        (await program.Get("/access/me", ("Authorization", $"Bearer {token}"))).Text("person").ShouldBe(person.Person);
        (await program.Get("/clusters", ("Authorization", $"Bearer {token}"))).Code.ShouldBe("scope-missing");

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("shown already");
        await page.GotoAsync("/account/tokens");
        (await page.ContentAsync()).ShouldNotContain(token);
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Laptop <b>" });
        await row.Locator("summary").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Laptop <b>" })).ToContainTextAsync("revoked");
        (await program.Get("/access/me", ("Authorization", $"Bearer {token}"))).Code.ShouldBe("not-signed-in");
    }

    [Fact]
    public async Task A_manager_registers_a_machine_client_and_gives_it_a_new_secret_without_script()
    {
        var firm = await hosts.Firm(hosts.Forged.Issuer);
        await using var browser = await Opened.On(hosts.Host, firm.Manager, WithoutScript);
        var page = browser.Page;
        await page.GotoAsync("/clients");
        await page.GetByLabel("Name").FillAsync("Time clock");
        await page.Locator("#form-role").SelectOptionAsync("member");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        var first = await page.GetByLabel("Client secret").InputValueAsync();
        first.ShouldStartWith("cnc_");
        await page.Locator("summary", new() { HasText = "New secret" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New secret" }).ClickAsync();
        (await page.GetByLabel("Client secret").InputValueAsync()).ShouldNotBe(first);
        await page.GotoAsync("/clients");
        await page.Locator("summary", new() { HasText = "Revoke" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("revoked");
    }

    [Fact]
    public async Task The_pages_have_no_barriers_and_fit()
    {
        var firm = await hosts.Firm(hosts.Forged.Issuer);
        var scopes = new[] { "learning:write", "clusters:read" };
        (await firm.Manager.Client.Post("/access/tokens", new { label = "t", validForDays = 5, scopes })).ShouldBe(System.Net.HttpStatusCode.Created);
        (await firm.Manager.Client.Post("/access/clients", new { label = "c", scopeKind = "firm", scopeId = firm.Id, scopes, validForDays = 5 }))
            .ShouldBe(System.Net.HttpStatusCode.Created);
        await Fine(null, "/sign-in/firm", "/sign-in/firm?outcome=Unknown", "/sign-in");
        await Fine(firm.Manager, "/account/tokens", "/clients", "/account/firm-sign-in");
        await Fine(hosts.Operator, "/admin/sign-in-providers", $"/admin/sign-in-providers?firm={firm.Id}", "/admin/sign-in-providers?add=true");
    }

    private async Task Fine(Account? account, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            await using var browser = await Opened.On(hosts.Host, account, Pages.Desk);
            await browser.Page.GotoAsync(address);
            (await browser.Visit.Faults($"federation {address.Split('?')[0]} {address.Length}")).ShouldBeEmpty(address);
        }
    }

    private static async Task ThroughProvider(IPage page, string email, string account)
    {
        await page.GetByLabel("E-mail address at your firm").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on to the firm’s sign-in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Provider");
        await Assertions.Expect(page.Locator("#hint")).ToHaveTextAsync(email);
        await page.GetByLabel("Account").FillAsync(account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
