using System.Text.Json.Nodes;
using Rlm.Recursion.Programs;
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

    [Fact]
    public void Program_PrintsAndGivesItsLastValue()
    {
        using var engines = new ProgramEngines(new() { Engine = "cpython" });
        using var worker = engines.Start(ProgramFunctions.Names);
        var report = worker.Run("x = [1, 2]\nprint('hi', x)\nsum(x)", NoCalls.Instance, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Null(report.Error);
        Assert.Equal("hi [1, 2]\n", report.Stdout);
        Assert.Equal("3", report.Value);
        Assert.Equal(3, (int?)report.Plain);
        Assert.Equal(new ProgramVariable("x", "list", 2), Assert.Single(report.Variables));
        Assert.Equal("[1,2]", report.Kept!["x"]!.ToJsonString());
    }
}
