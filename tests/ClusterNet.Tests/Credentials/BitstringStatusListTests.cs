using System.IO.Compression;
using System.Text.Json.Nodes;
using ClusterNet.Credentials;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

public class BitstringStatusListTests
{
    private const string Url = "https://cluster.example/status/1";

    /// <summary>The empty list of W3C Bitstring Status List 1.0, example 4: 131,072 zeros.</summary>
    [Fact]
    public void The_specifications_list_is_empty()
    {
        var list = BitstringStatusList.Decode("uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA").ShouldNotBeNull();
        list.Length.ShouldBe(131_072);
        Enumerable.Range(0, list.Length).ShouldAllBe(i => !list[i]);
    }

    [Fact]
    public void The_first_bit_is_the_left_most()
    {
        var list = new BitstringStatusList { [0] = true, [9] = true };
        using var gzip = new GZipStream(new MemoryStream(Multibase.FromBase64(list.Encode()).ShouldNotBeNull()), CompressionMode.Decompress);
        (gzip.ReadByte(), gzip.ReadByte(), gzip.ReadByte()).ShouldBe((0x80, 0x40, 0));
    }

    [Fact]
    public void What_was_set_is_read() => Prop.ForAll(ArbMap.Default.ArbFor<(ushort, bool)[]>(), changes =>
    {
        var (list, model) = (new BitstringStatusList(), new Dictionary<int, bool>());
        foreach (var (index, on) in changes) list[index * 2 + 1] = model[index * 2 + 1] = on;
        var read = BitstringStatusList.Decode(list.Encode()).ShouldNotBeNull();
        Enumerable.Range(0, read.Length).Where(i => read[i]).ShouldBe(model.Where(m => m.Value).Select(m => m.Key).Order());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1)]
    [InlineData(131_072)]
    public void A_place_beyond_the_list_is_none(int index) => Should.Throw<ArgumentOutOfRangeException>(() => new BitstringStatusList()[index]);

    [Theory]
    [InlineData(0)]
    [InlineData(131_064)]
    [InlineData(131_073)]
    [InlineData(int.MaxValue)]
    public void A_list_hides_one_among_many(int length) => Should.Throw<ArgumentOutOfRangeException>(() => new BitstringStatusList(length));

    [Fact]
    public void What_is_no_list_is_none()
    {
        BitstringStatusList.Decode("").ShouldBeNull();
        BitstringStatusList.Decode("u").ShouldBeNull();
        BitstringStatusList.Decode("uAAAA").ShouldBeNull();
        BitstringStatusList.Decode(new BitstringStatusList().Encode()[1..]).ShouldBeNull();
        BitstringStatusList.Decode(Packed(16_383)).ShouldBeNull();
        BitstringStatusList.Decode(Packed(16_384)).ShouldNotBeNull();
    }

    /// <summary>64 MiB of zeros in 65 kB, and in many members of one file.</summary>
    [Fact]
    public void A_small_text_does_not_unpack_to_any_length()
    {
        BitstringStatusList.Decode(Packed(64 << 20)).ShouldBeNull();
        var member = Multibase.FromBase64(Packed(1 << 20)).ShouldNotBeNull();
        BitstringStatusList.Decode(Multibase.Base64([.. Enumerable.Repeat(member, 9).SelectMany(m => m)])).ShouldBeNull();
    }

    [Fact]
    public async Task A_list_says_who_was_taken_back()
    {
        var (issuer, web) = (new Issuing(), new Web());
        web.Pages[Url] = Published(issuer, new BitstringStatusList { [42] = true });
        (await web.Verify(With(issuer, "41"))).On(CheckTopic.Status).ShouldBe("Passed not-revoked");
        var revoked = await web.Verify(With(issuer, "42"));
        revoked.On(CheckTopic.Status).ShouldBe("Failed revoked");
        revoked.On(CheckTopic.Signature).ShouldBe("Passed signature-holds");
        revoked.Verdict.ShouldBe(Verdict.Invalid);
        // As a JWT too, and for suspension.
        var list = new BitstringStatusList { [42] = true }.ToBeSigned(Url, issuer.Did, "suspension", Issuing.Now.AddHours(-1), Issuing.Now.AddHours(1));
        web.Pages[Url] = CredentialJwt.Sign(list, issuer.Method, issuer.Key);
        (await web.Verify(With(issuer, "42", "suspension"))).On(CheckTopic.Status).ShouldBe("Failed suspended");
        (await web.Verify(With(issuer, "43", "suspension"))).On(CheckTopic.Status).ShouldBe("Passed not-suspended");
        (await web.Verify(With(issuer, "43", "revocation"))).On(CheckTopic.Status).ShouldBe("Failed status-purpose");
    }

    [Fact]
    public async Task A_list_that_proves_nothing_leaves_the_question_open()
    {
        var (issuer, web) = (new Issuing(), new Web());
        var badge = With(issuer, "41");
        (await web.Verify(badge)).On(CheckTopic.Status).ShouldBe("NotChecked status-list-absent");
        web.Down.Add(Url);
        var down = await web.Verify(badge);
        down.On(CheckTopic.Status).ShouldBe("NotChecked status-list-unreachable");
        down.Verdict.ShouldBe(Verdict.Undecided);
        web.Down.Clear();
        web.Pages[Url] = Published(issuer, new BitstringStatusList());
        (await web.Verify(badge, Issuing.Now.AddDays(2))).On(CheckTopic.Status).ShouldBe("NotChecked status-list-stale");
        (await web.Verify(With(issuer, "41", "message"))).On(CheckTopic.Status).ShouldBe("Failed status-purpose");
        (await web.Verify(badge.Replace("BitstringStatusListEntry", "OtherStatus", StringComparison.Ordinal))).On(CheckTopic.Status).ShouldBe("NotChecked status-type-unknown");
        (await web.Verify(With(issuer, "41", list: "http://cluster.example/status/1"))).On(CheckTopic.Status).ShouldBe("NotChecked status-type-unknown");
    }

    [Fact]
    public async Task A_list_that_was_tampered_with_fails()
    {
        var (issuer, thief, web) = (new Issuing(), new Issuing(), new Web());
        var badge = With(issuer, "42");
        var list = new BitstringStatusList { [42] = true };
        async Task<string> With_list(string text)
        {
            web.Pages[Url] = text;
            return (await web.Verify(badge)).On(CheckTopic.Status);
        }

        var forged = Issuing.Node(Published(issuer, list));
        forged["credentialSubject"].ShouldNotBeNull()["encodedList"] = new BitstringStatusList().Encode();
        (await With_list(forged.ToJsonString())).ShouldBe("Failed status-list-forged");
        (await With_list(Published(thief, new BitstringStatusList()))).ShouldBe("Failed status-list-issuer");
        (await With_list(Published(issuer, new BitstringStatusList(), "https://cluster.example/status/2"))).ShouldBe("Failed status-list-swapped");
        (await With_list(issuer.Signed(issuer.Badge()))).ShouldBe("Failed status-list-swapped");
        (await With_list(issuer.Signed(issuer.Plain()))).ShouldBe("Failed status-list-type");
        (await With_list("not a list")).ShouldBe("Failed status-list-forged");
        var bomb = Issuing.Node(list.ToBeSigned(Url, issuer.Did, "revocation", Issuing.Now.AddHours(-1), Issuing.Now.AddHours(1)));
        bomb["credentialSubject"].ShouldNotBeNull()["encodedList"] = Packed(64 << 20);
        (await With_list(issuer.Signed(bomb))).ShouldBe("Failed status-list-encoding");
        web.Pages[Url] = Published(issuer, list);
        (await web.Verify(With(issuer, "131072"))).On(CheckTopic.Status).ShouldBe("Failed status-index-beyond");
        (await web.Verify(With(issuer, "999999999999999999"))).On(CheckTopic.Status).ShouldBe("Failed status-index-beyond");
    }

    [Fact]
    public async Task A_list_with_a_status_of_its_own_is_not_followed_on()
    {
        var (issuer, web) = (new Issuing(), new Web());
        var list = Issuing.Node(new BitstringStatusList().ToBeSigned(Url, issuer.Did, "revocation", Issuing.Now.AddHours(-1), Issuing.Now.AddHours(1)));
        list["credentialStatus"] = Entry("1", "revocation", Url);
        web.Pages[Url] = issuer.Signed(list);
        (await web.Verify(With(issuer, "1"))).On(CheckTopic.Status).ShouldBe("Passed not-revoked");
        web.Asked.Count.ShouldBe(1);
    }

    private static string Published(Issuing issuer, BitstringStatusList list, string url = Url) =>
        issuer.Signed(Issuing.Node(list.ToBeSigned(url, issuer.Did, "revocation", Issuing.Now.AddHours(-1), Issuing.Now.AddHours(24))));

    private static string With(Issuing issuer, string index, string purpose = "revocation", string list = Url)
    {
        var badge = issuer.Badge();
        badge["credentialStatus"] = Entry(index, purpose, list);
        return issuer.Signed(badge);
    }

    private static JsonObject Entry(string index, string purpose, string list) =>
        new() { ["type"] = "BitstringStatusListEntry", ["statusPurpose"] = purpose, ["statusListIndex"] = index, ["statusListCredential"] = list };

    private static string Packed(int bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(new byte[bytes]);
        return Multibase.Base64(packed.ToArray());
    }
}
