using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines;

/// <summary>Random damage to real files: never an exception, never a hang, ranges and paths sound.</summary>
public class OutlineMutationTests(ITestOutputHelper output)
{
    private static int Count => Environment.GetEnvironmentVariable("RLM_TEST_LONG") == "1" ? 20_000 : 1_000;

    [Fact]
    public void DamagedFiles_KeepTheInvariants()
    {
        // A failing round is repeated by RLM_TEST_SEED=<seed + round>: it is the first then.
        var given = Environment.GetEnvironmentVariable("RLM_TEST_SEED");
        var seed = given is null ? Environment.TickCount : int.Parse(given, System.Globalization.CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed}");
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Repository.Cases, "*.txt", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).ToArray();
        string[] languages = ["csharp", "csharp", "csharp", "csharp", "typescript", "python", "markdown", "text", "json", "yaml", "xml", "cpp", "ruby", "notebook", "go", "sql"];
        var failures = new List<string>();
        Parallel.For(0, given is null ? Count : 1, round =>
        {
            var random = new Random(unchecked(seed + round));
            var text = files[random.Next(files.Length)];
            for (var edits = random.Next(1, 6); edits > 0; edits--) text = Damage(text, files, random);
            var language = languages[random.Next(languages.Length)];
            try
            {
                var outline = Outliner.Outline(new RepoPath("a.cs"), language, FileText.Of(text), TestContext.Current.CancellationToken);
                Assert.True(outline.Partial?.StartsWith("failed", StringComparison.Ordinal) != true, outline.Partial);
                Invariants.Check(outline, FileText.Of(text));
            }
            catch (Exception exception)
            {
                lock (failures) failures.Add($"RLM_TEST_SEED={unchecked(seed + round)} ({language}): {exception.GetType().Name} {exception.Message}\n{exception.StackTrace}");
                if (given is not null) output.WriteLine(text);
            }
        });
        Assert.True(failures.Count == 0, $"{failures.Count} failures; the first: {string.Join('\n', failures.Take(3))}");
    }

    private static string Damage(string text, string[] files, Random random)
    {
        if (text.Length < 10) return text + "{";
        int at = random.Next(text.Length), length = Math.Min(random.Next(1, 200), text.Length - at);
        string[] inserts = ["{", "}", "(", ")", "\"", "\"\"\"", "$\"{", "/*", "*/", "'", "#if A\n", "#else\n", "#endif\n", "\n<<<<<<< a\n", "\n=======\n", "\n>>>>>>> b\n", "<", "class ", "void M(", ";", "\r", "\u2028", "\r\n", "@\"", "=>", "\ud800", "\0"];
        return random.Next(6) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, inserts[random.Next(inserts.Length)]),
            2 => text.Insert(at, text.Substring(random.Next(text.Length - length), length)),
            3 => WithLine(text, at, twice: true),
            4 => WithLine(text, at, twice: false),
            _ => text.Insert(at, files[random.Next(files.Length)] is var other && other.Length > 100 ? other.Substring(random.Next(other.Length - 50), 50) : "x"),
        };
    }

    private static string WithLine(string text, int at, bool twice)
    {
        var start = text.LastIndexOf('\n', at) + 1;
        var end = text.IndexOf('\n', at) is var found and >= 0 ? found + 1 : text.Length;
        return start >= end ? text : twice ? text.Insert(start, text[start..end]) : text.Remove(start, end - start);
    }
}
