using System.Runtime.CompilerServices;

namespace Rlm.Recursion.Tests.Programs;

/// <summary>The programs of <c>Cases/escapes.py.txt</c>, each in its own session: none gets out, and the next program works.</summary>
public sealed class EscapeTests(EscapeTests.Benches benches) : IClassFixture<EscapeTests.Benches>
{
    private const double Limit = 1;

    private static readonly IReadOnlyList<(string Name, string Code)> All = Read();

    public static TheoryData<string, string> Cases => [.. ProgramBench.Engines.SelectMany(engine => All.Select(program => (engine.Data, program.Name)))];

    [Theory, MemberData(nameof(Cases))]
    public void Program_DoesNotGetOut_AndTheNextWorks(string engine, string name)
    {
        var bench = benches.Of(engine);
        var report = bench.Run(All.Single(program => program.Name == name).Code, seconds: Limit);
        // A line of the protocol that a program prints is text; only what it was given by the system counts.
        if (name != "prints protocol lines") Assert.DoesNotContain("ESCAPED", report.Stdout + report.Value + report.Error?.Message, StringComparison.Ordinal);
        Assert.InRange(report.Seconds, 0, Limit + 2);
        Assert.Equal((null, "2"), (bench.Next("1 + 1") is var next ? next.Error : null, next.Value));
        bench.Engine.Cancel(bench.Session!.Id);
    }

    [Fact]
    public void OtherSessions_AreAsTheyWere()
    {
        foreach (var engine in ProgramBench.Engines)
        {
            using var bench = new ProgramBench(engine.Data);
            Assert.Null(bench.Run("kept = 41").Error);
            var first = bench.Session!.Id;
            bench.Run("import json\njson.dumps = None\nkept = 1\nsearch = None\nsets['x'] = []", seconds: Limit);
            Assert.Equal("2541", bench.Run("kept + len(search('x'))", first).Value);
        }
    }

    [Fact]
    public void Corpus_HasNoFewerThanFortyPrograms() => Assert.InRange(All.Select(program => program.Name).Distinct().Count(), 40, int.MaxValue);

    private static List<(string, string)> Read([CallerFilePath] string here = "")
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Cases", "escapes.py.txt"));
        return [.. text.Split("\n### ").Skip(1).Select(part => (part[..part.IndexOf('\n', StringComparison.Ordinal)].Trim(), part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]))];
    }

    /// <summary>One server for all programs of an engine, whose environment holds a secret.</summary>
    public sealed class Benches : IDisposable
    {
        private readonly Dictionary<string, ProgramBench> _benches = [];

        // A descriptor of the server's that every child would be given.
        private readonly int _leak = OperatingSystem.IsWindows() ? -1 : Duplicate(0);

        public Benches() => Environment.SetEnvironmentVariable("RLM_TEST_SECRET", "sk-ant-secret-of-the-server");

        [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "dup")]
        [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.System32)]
        private static extern int Duplicate(int descriptor);

        internal ProgramBench Of(string engine) => _benches.TryGetValue(engine, out var bench) ? bench : _benches[engine] = new(engine, limits: new() { MemoryBytes = 512L << 20 });

        public void Dispose()
        {
            foreach (var bench in _benches.Values) bench.Dispose();
        }
    }
}
