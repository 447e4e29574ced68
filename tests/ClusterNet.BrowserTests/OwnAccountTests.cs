using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Signing in and minding one's own account, on the pages.</summary>
public sealed class OwnAccountTests(Site site)
{
    private const string Other = "seven ships without a harbour";

    private static readonly string[] Entrances =
        ["/sign-in", "/sign-in/second-factor", "/forgotten-password", "/reset-password?token=over", "/confirm-email?token=over", "/accept-invitation?token=over", "/set-up"];

    private static readonly string[] Own =
        ["/account", "/account/email", "/account/password", "/account/passkeys", "/account/two-factor", "/account/sessions"];

    public static TheoryData<string> EveryPage => [.. Entrances, .. Own];

    private string Localhost => $"http://localhost:{site.Host.Url.Port}";

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Every_page_is_accessible_fits_every_window_and_has_all_its_words(string page)
    {
        await using var visit = await Open(page, Pages.Desk);
        (await visit.Faults($"own {page.Split('?')[0]}", @"\b(Refusal|Fault|Password|Mail)-[a-z]\w*")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_adds_a_passkey_and_signs_in_with_it_without_typing()
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit("/");
        var page = visit.Page;
        await Authenticator(page);
        // The button is pressed here: the browser must not offer the passkey before.
        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
        await SignIn(page, $"{Localhost}/sign-in?to=/account/passkeys", person.Email, Api.Password);
        await page.GetByLabel("Name").FillAsync("Phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Phone" })).ToBeVisibleAsync();
        await page.Context.ClearCookiesAsync();

        await page.GotoAsync($"{Localhost}/sign-in?to=/account/sessions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sessions");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("passkey");
        await page.GotoAsync($"{Localhost}/account/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove: Phone" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("no passkey yet");
    }

    /// <summary>The authenticator takes what the browser offers at once, so that nothing is pressed on the sign-in page.</summary>
    [Fact]
    public async Task An_invited_person_starts_with_a_passkey_that_the_browser_then_offers_by_itself()
    {
        var token = await Invitation();
        await using var visit = await site.Visit("/");
        var page = visit.Page;
        await Authenticator(page);
        await page.GotoAsync($"{Localhost}/accept-invitation?token={token.Token}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{Localhost}/");
        await page.GotoAsync($"{Localhost}/account/email");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(token.Email);
    }

    [Fact]
    public async Task An_invited_person_starts_with_a_password_that_is_good_enough_without_script()
    {
        var token = await Invitation();
        await using var visit = await site.Visit($"/accept-invitation?token={token.Token}", WithoutScript());
        var page = visit.Page;
        await page.GetByLabel("New password").FillAsync("P@ssw0rd!2024");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("lists of stolen passwords");
        await page.GetByLabel("New password").FillAsync(Other);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Welcome! Your account is ready.")).ToBeVisibleAsync();
        await page.GotoAsync($"/accept-invitation?token={token.Token}");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("used or expired");
    }

    [Fact]
    public async Task The_second_factor_is_set_up_asked_for_and_turned_off_without_script()
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit("/", WithoutScript());
        var page = visit.Page;
        await SignIn(page, "/sign-in?to=/account/two-factor", person.Email, Api.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code" })).ToBeVisibleAsync();
        var secret = (await page.Locator("ol.steps code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not fit");
        var code = AppCodes.Of(secret);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await Assertions.Expect(page.Locator("ul.codes li")).ToHaveCountAsync(10);
        (await visit.Barriers()).ShouldBeEmpty();
        var recovery = await page.Locator("ul.codes li").First.InnerTextAsync();
        await page.Context.ClearCookiesAsync();

        await SignIn(page, "/sign-in?to=/account/two-factor", person.Email, Api.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Second step");
        (await visit.Barriers()).ShouldBeEmpty();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("used already");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(recovery);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        var off = page.Locator("form", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Turn it off" }) });
        await off.GetByLabel("Code", new() { Exact = true }).FillAsync(AppCodes.Of(secret, 1));
        await off.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Set it up" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_a_mailed_link_without_script()
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit("/forgotten-password", WithoutScript());
        var page = visit.Page;
        await page.GetByLabel("E-mail address").FillAsync(person.Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me the link" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("If there is an account");
        var link = (await site.Host.LastMail(person.Email)).Links.Single(l => l.AbsolutePath == "/reset-password");
        await page.GotoAsync(link.PathAndQuery);
        await page.GetByLabel("New password").FillAsync("123456789012");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the new password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Rows of the keyboard");
        await page.GetByLabel("New password").FillAsync(Other);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the new password" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your new password is set.")).ToBeVisibleAsync();
        await SignIn(page, "/sign-in?to=/account", person.Email, Other);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My account");
    }

    [Fact]
    public async Task An_address_is_changed_by_the_link_in_the_mail_to_it()
    {
        var person = await site.Newcomer();
        var address = $"new-{Guid.NewGuid():n}@cluster.example";
        await using var visit = await site.Visit("/", WithoutScript());
        var page = visit.Page;
        await SignIn(page, "/sign-in?to=/account/email", person.Email, Api.Password);
        await page.GetByLabel("New address").FillAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a link to this address" }).ClickAsync();
        await Assertions.Expect(page.GetByText("on its way to this address")).ToBeVisibleAsync();
        await page.GotoAsync((await site.Host.LastMail(address)).Links.Single().PathAndQuery);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Your address is confirmed");
        await page.GotoAsync("/account/email");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(address);
    }

    [Fact]
    public async Task A_password_is_changed_and_other_sessions_are_ended_by_hand()
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit("/", WithoutScript());
        var page = visit.Page;
        await SignIn(page, "/sign-in?to=/account/sessions", person.Email, Api.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "End: unknown program" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(1);
        await page.GotoAsync("/account/password");
        await page.GetByLabel("Current password").FillAsync("not this one");
        await page.GetByLabel("New password").FillAsync(Other);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the new password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not your current password");
        await page.GetByLabel("Current password").FillAsync(Api.Password);
        await page.GetByLabel("New password").FillAsync(Other);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the new password" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your password was changed.")).ToBeVisibleAsync();
        await page.GotoAsync("/account/sessions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await page.GotoAsync("/account");
        page.Url.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task Signing_in_takes_a_keyboard_only()
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit("/sign-in?to=/account");
        await visit.Page.GetByLabel("E-mail address").FocusAsync();
        await visit.Page.Keyboard.TypeAsync(person.Email);
        await visit.Page.Keyboard.PressAsync("Tab");
        (await visit.FocusRing()).ShouldBeGreaterThan(0);
        await visit.Page.Keyboard.TypeAsync(Api.Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My account");
    }

    private static BrowserNewContextOptions WithoutScript() => new() { JavaScriptEnabled = false };

    /// <summary>A page, signed in where it is one's own.</summary>
    private async Task<Visit> Open(string page, BrowserNewContextOptions window)
    {
        if (!Own.Contains(page)) return await site.Visit(page, window);
        var person = await site.Newcomer();
        var visit = await site.Visit("/set-up", window);
        var cookie = person.Client.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=', 2);
        await visit.Page.Context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = site.Host.Url.ToString() }]);
        await visit.Page.GotoAsync(page);
        return visit;
    }

    private static async Task SignIn(IPage page, string address, string email, string password)
    {
        await page.GotoAsync(address);
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    private async Task<(string Token, string Email)> Invitation()
    {
        var email = $"ines-{Guid.NewGuid():n}@cluster.example";
        var inviter = site.Operator.Client;
        var person = (await inviter.Post("/access/accounts", new { email, name = "Ines Invited" })).Id;
        return ((await inviter.Post($"/access/accounts/{person}/invitation", null)).Text("invitationToken"), email);
    }

    /// <summary>A phone that holds passkeys and is unlocked at once (Chrome DevTools protocol, domain WebAuthn).</summary>
    private static async Task Authenticator(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
