namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>Programs in <c>Cases/</c>, each with the output that CPython gives; a changed expectation is written by CPython, not by us.</summary>
public class ConformanceTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Programs", "Language", "Cases");

    public static TheoryData<string> Cases => [.. Directory.EnumerateFiles(Folder, "*.py").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_PrintsWhatCPythonPrints(string name)
    {
        var outcome = SomeProgram.Run(File.ReadAllText(Path.Combine(Folder, name + ".py")));
        Assert.Null(outcome.Error?.Traceback);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, name + ".out")), outcome.Stdout);
    }

    [Fact]
    public void Expectations_AreCPythons()
    {
        if (CPython.Missing is { } reason) Assert.Skip(reason);
        var programs = Cases.Select(name => (string)name.Data).ToList();
        var answers = CPython.Run([.. programs.Select(name => File.ReadAllText(Path.Combine(Folder, name + ".py")))]);
        foreach (var (name, answer) in programs.Zip(answers))
        {
            Assert.True(answer.Type is null, $"{name}: {answer.Type}: {answer.Message}");
            Assert.Equal(File.ReadAllText(Path.Combine(Folder, name + ".out")), answer.Output);
        }
    }
}
