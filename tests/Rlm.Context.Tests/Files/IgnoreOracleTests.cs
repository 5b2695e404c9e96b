using System.Diagnostics;
using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

/// <summary>Random trees with random ignore files: the covered files are those that git and ripgrep would list.</summary>
public class IgnoreOracleTests
{
    private static readonly string[] Names = ["a", "b", "ab", "abc", "a.o", "b.txt", ".hid", "x y", " lead", "#c", "!n", "[k]", "é", "B", "a-b", "z ", "*"];

    private static readonly string[] Pieces = ["a", "b", "c", "ab", ".o", ".txt", "*", "*", "?", "[ab]", "[!a]", "[a-c]", "\\*", "é", "x y", ".hid", "#c", "\\#c", "\\!n", "\\[k\\]", "-", " "];

    [Fact]
    public void RandomRules_CoverWhatRipgrepLists()
    {
        if (!IsInstalled("rg")) Assert.Skip("ripgrep is not installed");
        Compare("rg", ["--files", "--no-require-git", "--hidden", "-g", "!.git", "--no-ignore-dot", "--no-ignore-global", "--no-ignore-parent", "--no-messages", "-0"], nestedRepositories: true);
    }

    [Fact]
    public void RandomRules_CoverWhatGitLists()
    {
        if (!IsInstalled("git")) Assert.Skip("git is not installed");
        Compare("git", ["-c", "core.excludesFile=/dev/null", "ls-files", "--others", "--exclude-standard", "-z"], nestedRepositories: false);
    }

    private static void Compare(string program, string[] arguments, bool nestedRepositories)
    {
        var random = new Random(TestScale.Seed);
        for (var tree = TestScale.Cases(2000); tree > 0; tree--)
        {
            using var folder = new TempFolder();
            folder.Write(".git/HEAD", "ref: refs/heads/main\n").Folder(".git/objects").Folder(".git/refs");
            Grow(random, folder, "", 3, nestedRepositories);
            if (random.Next(2) == 0) folder.Write(".git/info/exclude", RandomRules(random));
            var expected = Run(program, arguments, folder.FullPath);
            using var root = RootFolder.OpenRoot(folder.FullPath, portable: tree % 8 == 0);
            var snapshot = Walker.Walk(root, new() { Root = folder.FullPath }, null, null, TestContext.Current.CancellationToken);
            var actual = snapshot.Files.Select(file => file.Path.Value).ToList();
            Assert.True(expected.SequenceEqual(actual),
                $"seed {TestScale.Seed}: only {program}: {string.Join(", ", expected.Except(actual))}; only here: {string.Join(", ", actual.Except(expected))}\n{Show(folder)}");
        }
    }

    private static void Grow(Random random, TempFolder folder, string at, int depth, bool nestedRepositories)
    {
        for (var i = random.Next(2, 7); i > 0; i--)
        {
            var path = at + Names[random.Next(Names.Length)];
            if (Path.Exists(folder.At(path))) continue;
            if (depth > 0 && random.Next(2) == 0)
            {
                folder.Folder(path);
                Grow(random, folder, path + "/", depth - 1, nestedRepositories);
            }
            else
            {
                folder.Write(path, "");
            }
        }
        if (random.Next(3) == 0) folder.Write(at + ".gitignore", RandomRules(random));
        if (nestedRepositories && at != "" && random.Next(12) == 0) folder.Write(at + ".git/info/exclude", RandomRules(random));
    }

    private static string RandomRules(Random random)
    {
        var rules = new StringBuilder();
        for (var i = random.Next(1, 6); i > 0; i--) rules.Append(RandomRule(random)).Append(random.Next(8) == 0 ? "\r\n" : "\n");
        return rules.ToString();
    }

    private static string RandomRule(Random random)
    {
        var rule = new StringBuilder();
        if (random.Next(4) == 0) rule.Append('!');
        if (random.Next(4) == 0) rule.Append('/');
        for (var component = random.Next(1, 4); component > 0; component--)
        {
            if (random.Next(5) == 0) rule.Append("**");
            else for (var piece = random.Next(1, 3); piece > 0; piece--) AppendPiece(rule, Pieces[random.Next(Pieces.Length)]);
            if (component > 1 && random.Next(2) == 0) break;
            if (component > 1) rule.Append('/');
        }
        if (random.Next(4) == 0) rule.Append('/');
        // A lone "!" says nothing to git and takes everything back in for ripgrep.
        return rule.ToString().Trim(' ') is "!" or "!/" or "/" ? "a" : rule.ToString();
    }

    /// <summary>Never two stars in a row: <c>a**</c> means one thing in the manual and another in git.</summary>
    private static void AppendPiece(StringBuilder rule, string piece)
    {
        if (piece != "*" || rule.Length == 0 || rule[^1] != '*') rule.Append(piece);
    }

    private static List<string> Run(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private static string Show(TempFolder folder) => string.Join('\n', Directory.EnumerateFiles(folder.FullPath, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Where(file => file.EndsWith(".gitignore", StringComparison.Ordinal) || file.EndsWith("exclude", StringComparison.Ordinal))
        .Select(file => file[(folder.FullPath.Length + 1)..] + ":\n" + File.ReadAllText(file)));

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Join(folder, program)));
}
