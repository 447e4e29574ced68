using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ClusterNet.Files;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace ClusterNet.Tests.Files;

/// <summary>Files lie sealed, are what their content says, and are scanned.</summary>
public sealed class FileVaultTests : IDisposable
{
    private const long Most = 1024 * 1024;
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("clusternet-vault-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_taken_is_read_again_from_anywhere_and_nothing_of_it_lies_open()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));
        var file = (await Take(Encoding.UTF8.GetBytes(text))).File.ShouldNotBeNull();

        file.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        var lies = Path.Combine(_folder, file.Address[..2], file.Address);
        Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(lies, Ct))).ShouldBe(file.Address);
        Encoding.Latin1.GetString(await File.ReadAllBytesAsync(lies, Ct)).ShouldNotContain("line 1");
        await using var stream = Vault().Open(file.Address, file.Key).ShouldNotBeNull();
        stream.Length.ShouldBe(text.Length);
        foreach (var at in new[] { 0, 65_535, 65_536, 100_000, text.Length - 5, text.Length })
        {
            stream.Position = at;
            using var rest = new StreamReader(stream, leaveOpen: true);
            (await rest.ReadToEndAsync(Ct)).ShouldBe(text[at..]);
        }
    }

    [Fact]
    public void Any_content_comes_back_whole_and_no_change_to_it_goes_unseen() => Prop.ForAll(
        Arb.From(from length in Gen.Choose(0, 3 * SealedFile.Chunk) select RandomNumberGenerator.GetBytes(length)), content =>
        {
            var key = RandomNumberGenerator.GetBytes(SealedFile.KeyLength);
            var target = new MemoryStream();
            SealedFile.Seal(default, new MemoryStream(content), target, key, long.MaxValue, Ct).GetAwaiter().GetResult().ShouldNotBeNull().Length.ShouldBe(content.Length);
            Opened(target.ToArray(), key).ShouldBe(content);

            var changed = target.ToArray();
            changed[RandomNumberGenerator.GetInt32(changed.Length)] ^= 1;
            Should.Throw<CryptographicException>(() => Opened(changed, key));
            Should.Throw<CryptographicException>(() => Opened(target.ToArray(), RandomNumberGenerator.GetBytes(SealedFile.KeyLength)));
            // Whole chunks left out at the end, or put in another order.
            if (content.Length <= SealedFile.Chunk) return;
            Should.Throw<CryptographicException>(() => Opened(target.ToArray()[..SealedFile.SealedChunk], key));
            Should.Throw<CryptographicException>(() => Opened([.. target.ToArray()[SealedFile.SealedChunk..], .. target.ToArray()[..SealedFile.SealedChunk]], key));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task What_is_too_large_is_not_taken_and_leaves_nothing()
    {
        (await Take(new byte[Most + 1])).Fault.ShouldBe(FileFault.TooLarge);
        Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\u00ff\u00d8\u00ff\u00e0 a photo", "image/jpeg")]
    [InlineData("\u0089PNG\r\n\u001a\n....", "image/png")]
    [InlineData("GIF89a....", "image/gif")]
    [InlineData("%PDF-1.7 ....", "application/pdf")]
    [InlineData("\0\0\0\u0020ftypisom....", "video/mp4")]
    [InlineData("\0\0\0\u0020ftypheic....", null)]
    [InlineData("\u001aE\u00df\u00a3....webm", "video/webm")]
    [InlineData("Notes, with umlauts: \u00c3\u00a4\u00c3\u00b6", "text/plain; charset=utf-8")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", null)]
    [InlineData(" \n<!doctype html><p>hello", null)]
    [InlineData("a text with <script>alert(1)</script>", null)]
    [InlineData("#!/bin/sh\nrm -r /", null)]
    [InlineData("MZ\u0090\0 a program", null)]
    [InlineData("\u007fELF", null)]
    [InlineData("PK\u0003\u0004 no archive", null)]
    public async Task The_content_tells_what_a_file_is(string latin, string? type)
    {
        var taken = await Take(Encoding.Latin1.GetBytes(latin));
        taken.File?.Type.MediaType.ShouldBe(type);
        if (type is null) taken.Fault.ShouldBe(FileFault.UnknownType);
    }

    [Fact]
    public async Task Office_files_are_taken_without_macros_and_no_bomb_is()
    {
        (await Take(Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")))).File.ShouldNotBeNull().Type.Extension.ShouldBe("docx");
        (await Take(Zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<o/>")))).File.ShouldNotBeNull().Type.Extension.ShouldBe("odt");
        (await Take(Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"), ("word/vbaProject.bin", "x")))).Fault.ShouldBe(FileFault.UnknownType);
        (await Take(Zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<o/>"), ("Basic/Standard/Module1.xml", "x")))).Fault.ShouldBe(FileFault.UnknownType);
        (await Take(Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<w/>"), ("xl/macrosheets/sheet1.xml", "x")))).Fault.ShouldBe(FileFault.UnknownType);
        (await Take(Zip(("readme.txt", "hello")))).Fault.ShouldBe(FileFault.UnknownType);
        (await Take(Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", new string('0', 50_000_000))))).Fault.ShouldBe(FileFault.Bomb);
        (await Take([])).Fault.ShouldBe(FileFault.Empty);
    }

    [Fact]
    public async Task An_archive_whose_directory_names_more_than_there_can_be_is_a_bomb() =>
        (await Take(Huge("[Content_Types].xml", "word/document.xml", "word/styles.xml"))).Fault.ShouldBe(FileFault.Bomb);

    [Fact]
    public void No_damaged_archive_does_more_than_be_refused()
    {
        var random = new Random(20261130);
        byte[][] sound =
        [
            Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", new string('w', 500))), Zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<o/>")),
            Huge("mimetype", "content.xml"),
        ];
        for (var i = 0; i < 20_000; i++)
        {
            var file = sound[i % sound.Length].ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--) file[random.Next(4, file.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
            if (random.Next(4) == 0) file = file[..random.Next(4, file.Length)];
            Should.NotThrow(() => FileTypes.Tell(new MemoryStream(file)), Convert.ToHexString(file));
        }
    }

    [Theory]
    [InlineData("grep -q EICAR", true)]
    [InlineData("/no/such/scanner -", false)]
    public async Task The_configured_command_scans_each_file(string command, bool runs)
    {
        // grep finds it with 0, which is the other way round.
        var script = Path.Combine(_folder, "scan.sh");
        await File.WriteAllTextAsync(script, $"if {command}; then exit 1; else exit 0; fi", Ct);
        var vault = Vault(runs ? $"/bin/sh {script}" : command);
        (await vault.Take(new MemoryStream("this is EICAR"u8.ToArray()), Most, Ct)).Fault.ShouldBe(runs ? FileFault.Harmful : FileFault.NotScanned);
        (await vault.Take(new MemoryStream("this is clean"u8.ToArray()), Most, Ct)).Fault.ShouldBe(runs ? null : FileFault.NotScanned);
    }

    [Fact]
    public async Task What_is_deleted_is_gone()
    {
        var file = (await Take("notes"u8.ToArray())).File.ShouldNotBeNull();
        Vault().Delete(file.Address).ShouldBeTrue();
        Vault().Delete(file.Address).ShouldBeFalse();
        Vault().Open(file.Address, file.Key).ShouldBeNull();
        Should.Throw<ArgumentException>(() => Vault().Open("../../etc/passwd", file.Key));
    }

    private static byte[] Opened(byte[] sealedFile, byte[] key)
    {
        using var stream = new SealedStream(new MemoryStream(sealedFile), key);
        var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return file.ToArray();
    }

    /// <summary>Empty entries of which the directory says, by Zip64, that each unpacks to the most bytes that a number can name.</summary>
    private static byte[] Huge(params string[] names)
    {
        using var file = new MemoryStream();
        using var to = new BinaryWriter(file);
        var begins = new List<uint>();
        foreach (var name in names)
        {
            begins.Add((uint)file.Position);
            to.Write(0x04034B50);
            to.Write(new byte[22]);
            to.Write((ushort)name.Length);
            to.Write((ushort)0);
            to.Write(Encoding.ASCII.GetBytes(name));
        }

        var directory = (uint)file.Position;
        foreach (var (name, begin) in names.Zip(begins))
        {
            to.Write(0x02014B50);
            to.Write(new byte[20]);
            to.Write(uint.MaxValue); // unpacked: see Zip64
            to.Write((ushort)name.Length);
            to.Write((ushort)12);
            to.Write(new byte[10]);
            to.Write(begin);
            to.Write(Encoding.ASCII.GetBytes(name));
            to.Write((ushort)1);
            to.Write((ushort)8);
            to.Write(long.MaxValue);
        }

        var end = (uint)file.Position;
        to.Write(0x06054B50);
        to.Write(0);
        to.Write((ushort)names.Length);
        to.Write((ushort)names.Length);
        to.Write(end - directory);
        to.Write(directory);
        to.Write((ushort)0);
        return file.ToArray();
    }

    private Task<TakenFile> Take(byte[] content) => Vault().Take(new MemoryStream(content), Most, Ct);

    private FileVault Vault(string command = "") => new(
        new(_folder), new FileScan(new ConfigurationBuilder().AddInMemoryCollection([new(FileScan.Setting, command)]).Build(), NullLogger<FileScan>.Instance));
}
