using Rlm.Recursion.Programs;
using Rlm.Recursion.Programs.BuiltIn;
using Rlm.Recursion.Programs.CPython;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Tests.Programs;

public class CPythonEngineTests
{
    [Fact]
    public void Trial_Passes()
    {
        using var engines = new ProgramEngines(new() { Engine = "cpython" });
        Assert.True(engines.Report.Name == "cpython", string.Join('\n', engines.Report.Rejected));
        Assert.StartsWith("3.", engines.Report.Version, StringComparison.Ordinal);
    }

    // Whatever stands in the place of bubblewrap: a Python that sees or may do more than it should is never taken, and the built-in interpreter runs instead.
    [Theory]
    [InlineData(false, "its trial failed")] // it could replace itself
    [InlineData(true, "/etc/passwd")]
    public void PythonWithoutWalls_IsNotTaken_AndTheBuiltInOneIs(bool hasFilter, string why)
    {
        if (!File.Exists("/usr/bin/python3")) Assert.Skip("no /usr/bin/python3");
        var options = new ProgramOptions { BuiltIn = ProgramBench.Worker, BuiltInEnvironment = ProgramBench.Runtime };
        using var engines = new ProgramEngines(options, [new BarePython(hasFilter), new BuiltInEngine(options)]);
        Assert.Equal("builtin", engines.Report.Name);
        Assert.Contains(why, Assert.Single(engines.Report.Rejected), StringComparison.Ordinal);
        using var alone = new ProgramEngines(options, [new BarePython(hasFilter)]);
        Assert.Throws<RecursionException>(() => alone.Start(ProgramFunctions.Names));
    }

    [Fact]
    public void WhatTheProtocolCannotCarry_EndsNoWorker()
    {
        using var bench = new ProgramBench("cpython");
        Assert.Equal(("hi\n", null), (bench.Run("print('hi')\nx = 10**5000") is var report ? report.Stdout : null, report.Error));
        Assert.Equal("TypeError", bench.Next("search('\\ud800')").Error?.Type);
        Assert.Equal("TypeError", bench.Next("deep = []\nfor _ in range(200): deep = [deep]\nsearch(deep)").Error?.Type);
        Assert.Equal("5001", bench.Next("import sys; sys.set_int_max_str_digits(0); len(str(x))").Value);
    }

    [Fact]
    public void SandboxThatCannotBeMade_IsSaidInItsOwnWords()
    {
        var options = new ProgramOptions();
        using var engines = new ProgramEngines(options, [new BarePython(true) { Command = ["/bin/sh", "-c", "echo 'bwrap: No permissions to create a new namespace' >&2; exit 1"] }]);
        Assert.Contains("No permissions to create a new namespace", Assert.Single(engines.Report.Rejected), StringComparison.Ordinal);
    }

    private sealed class BarePython(bool hasFilter) : IProgramEngine
    {
        public IReadOnlyList<string> Command { get; init; } = ["/usr/bin/python3", .. Prelude.Arguments];

        public string Name => "cpython";

        public string? WhyNot => null;

        public string Trial => Prelude.Trial;

        public WorkerStart Start()
        {
            var message = Prelude.Message([]);
            if (!hasFilter) message["filter"] = null;
            return new(Command, Prelude.Environment, message);
        }

        public string? Judge(Worker worker, ProgramReport trial) => PythonTrial.Judge(worker, trial);

        public string Isolation(Worker worker) => "none";
    }
}
