using System.Text;
using System.Text.Json;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Tests.Trajectories;

/// <summary>The secrets here are put together at run time, so that no scanner of sources takes them for real ones.</summary>
public class RedactorTests
{
    private const string LowerDigits = "abcdefghijklmnopqrstuvwxyz0123456789", Mixed = LowerDigits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static readonly Redactor Redactor = new([]);

    /// <summary>Texts with a secret in them, and the part that must go.</summary>
    public static IEnumerable<(string Text, string Secret)> Secrets(Random random)
    {
        string Of(string letters, int count) => new([.. Enumerable.Range(0, count).Select(_ => letters[random.Next(letters.Length)])]);
        // As generators of keys do: never without a digit, a capital and a small letter.
        string Key(int count) => "a7Q" + Of(Mixed, count - 6) + "R4z";
        string[] keys =
        [
            "sk-ant-" + "api03-" + Key(80), "sk-ant-" + Key(24), "sk-" + Key(48), "sk-proj-" + Key(120), "sk-or-v1-" + "a1" + Of("0123456789abcdef", 62), "ghp_" + Key(36), "gho_" + Key(36), "github_pat_" + Key(22) + "_" + Key(59), "AK" + "IA" + "Q3" + Of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 14),
            "AIza" + Key(35), "xoxb-" + "123456789012-" + Key(24), "xoxp-" + Key(40), "glpat-" + Key(20), "npm_" + Key(36), "sk_live_" + Key(24), "hf_" + Key(34), "eyJ" + "hbGciOiJIUzI1NiJ9." + "eyJ" + Key(40) + "." + Key(43),
        ];
        foreach (var key in keys) yield return (key, key);
        foreach (var scheme in new[] { "Bearer ", "bearer ", "Authorization: Bearer ", "\"authorization\": \"Basic " }) yield return (Of(Mixed, 24) is var token ? scheme + "a7Q" + token : "", "a7Q" + token);
        foreach (var name in new[] { "password=", "api_key=", "API_KEY = ", "\"password\": \"", "apiKey: '", "client_secret := \"", "aws_secret_access_key=", "Password=", "export DB_PASSWORD=", "x-api-key: ", "<password>" })
        {
            var value = "a7Q" + Of(Mixed, 13) + "4x2";
            yield return (name + value, value);
        }
        var url = "p4ss" + Of(Mixed, 8);
        yield return ($"postgres://user:{url}@db/x", url);
        var body = string.Join('\n', Enumerable.Range(0, 5).Select(_ => Key(64)).Append(Key(20) + "=="));
        foreach (var kind in new[] { "RSA ", "", "EC ", "OPENSSH ", "ENCRYPTED " }) yield return ($"-----BEGIN {kind}PRIVATE KEY-----\n{body}\n-----END {kind}PRIVATE KEY-----", body);
    }

    [Fact]
    public void EveryShape_IsMaskedWhereverItStands() => Check((text, secret) => (text, secret), text => text);

    [Fact]
    public void EveryShape_IsMaskedInJsonStrings() => Check((text, secret) => (JsonSerializer.Serialize(text), secret), text => JsonElement.Parse(text).GetString()!);

    [Fact]
    public void EveryShape_IsMaskedInJsonInJson() =>
        Check((text, secret) => (JsonSerializer.Serialize(JsonSerializer.Serialize(text)), secret), text => JsonElement.Parse(JsonElement.Parse(text).GetString()!).GetString()!);

    [Fact]
    public void EveryShape_IsMaskedInUnicodeEscapes() =>
        Check((text, secret) => ('"' + string.Concat(text.Select(letter => $"\\u{(int)letter:x4}")) + '"', secret), text => JsonElement.Parse(text).GetString()!);

    [Fact]
    public void EveryShape_IsMaskedInBase64AtEveryAlignment() => Check((text, secret) => (Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), secret), Decoded);

    [Fact]
    public void EveryShape_IsMaskedInBase64OfMail() => Check((text, secret) => (Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks), secret), Decoded);

    [Fact]
    public void EveryShape_IsMaskedInJsonInBase64() => Check((text, secret) => (Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text))), secret), Decoded);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void KnownSecret_IsMaskedWhateverItsShape(int way)
    {
        var secret = "correct horse + battery";
        var bytes = Encoding.UTF8.GetBytes("say " + secret);
        var text = way switch { 0 => secret, 1 => JsonSerializer.Serialize(secret), 2 => Convert.ToBase64String(bytes), _ => Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToBase64String(bytes))) };
        Assert.Contains("[redacted ", new Redactor([secret, "short"]).Redact($"a {text} b"), StringComparison.Ordinal);
        Assert.DoesNotContain("[redacted ", Redactor.Redact($"a {text} b"), StringComparison.Ordinal);
        Assert.Equal("too short", new Redactor(["short"]).Redact("too short"));
    }

    [Fact]
    public void PrivateKey_IsMaskedWithLineNumbersInPiecesAndCut()
    {
        var lines = Enumerable.Range(0, 6).Select(line => "a7Q" + new string((char)('k' + line), 58) + "R4z").ToArray();
        var (begin, end) = ("-----BEGIN RSA PRIVATE" + " KEY-----", "-----END RSA PRIVATE" + " KEY-----");
        Check(string.Join('\n', lines.Prepend(begin).Append(end).Select((line, at) => $"{at + 9}\t{line}")));
        Check(string.Join(" +\n    ", lines.Prepend(begin).Append(end).Select(line => $"\"{line}\\n\"")));
        Check(string.Join('\n', lines.Prepend(begin)));
        Check(string.Join('\n', lines.Append(end)));
        Check(string.Join('\n', lines.Prepend("Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n").Prepend(begin).Append(end)));
        void Check(string text)
        {
            var clean = Redactor.Redact($"var x;\n{text}\n}} // after");
            Assert.All(lines, line => Assert.DoesNotContain(line[..30], clean, StringComparison.Ordinal));
            Assert.StartsWith("var x;\n", clean, StringComparison.Ordinal);
            Assert.EndsWith("\n} // after", clean, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void MaskedJson_IsStillJson()
    {
        for (var seed = 0; seed < Rounds.Of(200); seed++)
            foreach (var (text, _) in Secrets(new(seed)))
            {
                var value = JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["a"] = new[] { text, "b" }, [text] = 1, ["next"] = "kept as it is" });
                var clean = Redactor.Redact(value);
                Assert.Equal("kept as it is", clean.GetProperty("next").GetString());
                Assert.Equal(("b", 3), (clean.GetProperty("a")[1].GetString(), clean.EnumerateObject().Count()));
            }
    }

    [Fact]
    public void SecretAfterAnEscape_LeavesTheEscapeWhole()
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes("say " + "sk-ant-" + "a7Qxyzab12cdR4z9"));
        foreach (var before in new[] { "\\n", "\\\\", "\\\"", "\\u00e9", "\\t" })
            Assert.EndsWith("[redacted encoded key]", Redactor.Redact(JsonElement.Parse($"\"{before}{encoded}\"")).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void RandomPieces_AreMaskedOnceAndStayJson()
    {
        for (var seed = 0; seed < Rounds.Of(20_000); seed++)
        {
            var random = new Random(seed);
            string[] pieces = ["\\", "\"", "\n", "\\n", "\\u0041", "\\u00", "password", "token", "=", ": ", "sk-", "ghp_", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "Bearer ", "://", "@", ":", "eyJ", ".", "\ud83d\ude00", "'", "a7Qxyzab12cdR4z9", "a7Qxyzab12cdR4z9a7Qxyzab12cdR4z9a7Qxyzab", "[redacted login]", "c2stYW50LWE3UXh5emFiMTJjZFI0ejk", "é", "\t", ">", "9\t"];
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            var clean = Redactor.Redact(text);
            Assert.True(clean == Redactor.Redact(clean), $"seed {seed}: {text} -> {clean} -> {Redactor.Redact(clean)}");
            var value = Redactor.Redact(JsonSerializer.SerializeToElement(new[] { text, JsonSerializer.Serialize(text), "last" }));
            Assert.True(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 3 && value[2].GetString() == "last", $"seed {seed}: {text} -> {value.GetRawText()}");
        }
    }

    [Theory]
    [InlineData("task-1234567890-abcdefghij-XYZ")]
    [InlineData("sk-circle-fade-something-long-enough")]
    [InlineData("var token = tokens[index2];")]
    [InlineData("string password = GetPassword(user1);")]
    [InlineData("const Begin = \"-----BEGIN PRIVATE KEY-----\"; const End = \"-----END PRIVATE KEY-----\";")]
    [InlineData("cancellationToken: CancellationToken.None")]
    [InlineData("Authorization: Bearer {token}")]
    [InlineData("https://example.org:8080/a@b")]
    [InlineData("the key: value of the 2nd dictionary")]
    [InlineData("c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2")]
    [InlineData("src/Rlm.Recursion/Budget/Ledger.cs:10-20@1f2e3d4c")]
    [InlineData("s-abcdefghijklmnopqrstuvwxy2")]
    [InlineData("PublicKeyToken=b77a5c561934e089 is a token: no key=")]
    public void OrdinaryText_Stays(string text) => Assert.Same(text, Redactor.Redact(text));

    [Fact]
    public void OrdinaryCode_HasAtMostOneFalseHitIn10_000Lines()
    {
        var sources = Sources().Where(file => !file.Contains("Redact", StringComparison.Ordinal)).ToArray();
        var (lines, hits) = (0, new List<string>());
        foreach (var file in sources)
            foreach (var line in File.ReadLines(file))
            {
                lines++;
                if (!ReferenceEquals(Redactor.Redact(line), line)) hits.Add($"{Path.GetFileName(file)}: {line.Trim()}");
            }
        Assert.True(lines > 10_000, $"only {lines} lines");
        Assert.True(hits.Count <= lines / 10_000, $"{hits.Count} in {lines} lines:\n{string.Join('\n', hits)}");
    }

    [Theory]
    [InlineData("eyJ")]
    [InlineData("sk-")]
    [InlineData("ask-")]
    [InlineData("\\")]
    [InlineData("\\u0073k-")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("-----END PRIVATE KEY-----")]
    [InlineData("password: ")]
    [InlineData("password=a1")]
    [InlineData("://a:")]
    [InlineData("A")]
    [InlineData("c2stYW50LQ")]
    [InlineData("ghp_")]
    public void HostileText_CostsNoMoreThanALongOne(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 400_000 / piece.Length));
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        Redactor.Redact(text);
        Assert.True(time.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{time.GetElapsedTime(start)}");
    }

    private static void Check(Func<string, string, (string Text, string Secret)> dress, Func<string, string> undress)
    {
        for (var seed = 0; seed < Rounds.Of(200); seed++)
            foreach (var (plain, secret) in Secrets(new(seed)))
                foreach (var (before, after) in new[] { ("", ""), ("x = \"", "\""), ("see ", " here"), ("[", "]"), ("a\n", "\nb"), ("1:", ";"), ("é", "é") })
                {
                    var (text, _) = dress(before + plain + after, secret);
                    var clean = Redactor.Redact(text);
                    Assert.True(clean.Contains("[redacted ", StringComparison.Ordinal), $"seed {seed}: {before}{plain}{after} was not found in {text}");
                    Assert.False(undress(clean).Contains(secret[..12], StringComparison.Ordinal), $"seed {seed}: {undress(clean)}");
                    Assert.False(undress(clean).Contains(secret[^8..], StringComparison.Ordinal), $"seed {seed}: {undress(clean)}");
                    Assert.Equal(clean, Redactor.Redact(clean));
                }
    }

    // What is left of base64 can be decoded at best in part.
    private static string Decoded(string text) => string.Concat(new Base64Run(0, text.Length).Decoded(text.Replace("[redacted encoded key]", new string('A', 25), StringComparison.Ordinal)));

    private static IEnumerable<string> Sources([System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Join(Path.GetDirectoryName(here), "..", "..", ".."));
        return "src tests".Split(' ').SelectMany(folder => Directory.EnumerateFiles(Path.Join(root, folder), "*.cs", SearchOption.AllDirectories));
    }
}
