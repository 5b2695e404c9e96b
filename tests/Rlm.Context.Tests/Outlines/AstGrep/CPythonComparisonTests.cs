using System.Diagnostics;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Outlines.AstGrep;

/// <summary>Functions and classes of the machine's own Python library, compared with what CPython's parser says of them.</summary>
public class CPythonComparisonTests
{
    // Prints FILE, then KIND NAME FIRST LAST for each definition; decorators belong to it.
    private const string Script = """
        import ast, sys
        for path in sys.stdin.read().splitlines():
            try: tree = ast.parse(open(path, 'rb').read())
            except (SyntaxError, ValueError): continue
            print('F', path)
            for node in ast.walk(tree):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    first = min([node.lineno] + [d.lineno for d in node.decorator_list])
                    print('D', 'C' if isinstance(node, ast.ClassDef) else 'M', node.name, first, node.end_lineno)
        """;

    private static readonly string[] Folders = ["/usr/lib/python3", "/usr/lib/python3.11", "/usr/lib/python3.12", "/usr/lib/python3.13", "/usr/lib/python3.14"];

    [Fact]
    public void PythonLibrary_HasTheSameDefinitions()
    {
        var providers = Installed.Providers;
        var python = ((string[])["/usr/bin/python3", "/usr/local/bin/python3"]).FirstOrDefault(File.Exists);
        Assert.SkipUnless(python is not null && Folders.Any(Directory.Exists), "there is no Python library on this machine");
        // A file that tests syntax errors is none.
        var files = Folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.py", SearchOption.AllDirectories))
            .Where(file => !file.Contains("lib2to3/tests", StringComparison.Ordinal) && new FileInfo(file).Length is > 0 and < 1 << 20).Order(StringComparer.Ordinal).Take(TestScale.IsLong ? int.MaxValue : 150).ToArray();
        var truth = Truth(python!, files);
        var items = truth.Keys.Select(file => new OutlineItem(new RepoPath("a.py"), "python", FileText.Decode(File.ReadAllBytes(file)))).ToArray();
        var outlines = providers.OutlineAll(items, TestContext.Current.CancellationToken);
        var (same, all) = (0, 0);
        var wrong = new List<string>();
        foreach (var (file, at) in truth.Keys.Select((file, at) => (file, at)))
        {
            var ours = outlines[at].All.Select(symbol => (symbol.Kind == SymbolKinds.Class ? "C" : "M", symbol.Name, symbol.Range.Start, symbol.Range.End)).ToList();
            foreach (var definition in truth[file])
            {
                all++;
                if (ours.Remove(definition)) same++;
                else wrong.Add($"{file}: {definition}, ours: {string.Join(", ", ours.Where(our => our.Name == definition.Name))}");
            }
            wrong.AddRange(ours.Where(our => our.Item1 != "C" || our.Name.Length > 0).Where(our => outlines[at].All.First(symbol => symbol.Name == our.Name).Kind != SymbolKinds.Type).Select(our => $"{file}: {our} is ours alone"));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{same} of {all} definitions in {truth.Count} files\n{string.Join('\n', wrong)}");
        Assert.True(all > 500, $"only {all} definitions in {files.Length} files");
        Assert.True(same >= all * 0.995, $"{same} of {all} are the same\n{string.Join('\n', wrong.Take(20))}");
    }

    private static Dictionary<string, List<(string Kind, string Name, int Start, int End)>> Truth(string python, string[] files)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-I", "-W", "ignore", "-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.Write(string.Join('\n', files));
        process.StandardInput.Close();
        var found = new Dictionary<string, List<(string, string, int, int)>>(StringComparer.Ordinal);
        var file = "";
        foreach (var line in process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == 'F')
            {
                found[file = line[2..]] = [];
                continue;
            }
            var parts = line.Split(' ');
            found[file].Add((parts[1], parts[2], int.Parse(parts[3], null), int.Parse(parts[4], null)));
        }
        process.WaitForExit();
        return found;
    }
}
