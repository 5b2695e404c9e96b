namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>Generated programs on both engines: the same output and the same error, or a declared refusal after the same beginning.</summary>
public class DifferentialTests
{
    [Fact]
    public void GeneratedPrograms_AnswerAsCPythonOrAreRefused() => Compare(Rounds.Of(20_000), generator => generator.Program(), mayRefuse: 0.05);

    [Fact]
    public void GeneratedPatterns_AnswerAsCPythonOrAreRefused() => Compare(Rounds.Of(4_000), generator => generator.Patterns(), mayRefuse: 1);

    private static void Compare(int count, Func<ProgramGenerator, string> generate, double mayRefuse)
    {
        if (CPython.Missing is { } reason) Assert.Skip(reason);
        var first = Environment.GetEnvironmentVariable("RLM_TEST_LONG") == "1" ? Random.Shared.Next(1_000_000_000) : 20_261_121;
        var programs = Enumerable.Range(first, count).Select(seed => generate(new ProgramGenerator(seed))).ToList();
        var refused = 0;
        var differences = new List<string>();
        foreach (var (index, (program, expected)) in programs.Zip(CPython.Run(programs)).Index())
        {
            var outcome = SomeProgram.Run(program);
            if (SomeProgram.IsRefused(outcome)) refused++;
            if (SomeProgram.IsRefused(outcome) ? expected.Output.StartsWith(outcome.Stdout, StringComparison.Ordinal) : outcome.Stdout == expected.Output && outcome.Error?.Type == expected.Type) continue;
            differences.Add($"seed {first + index}: {FirstDifference(outcome.Stdout, expected.Output)} (ended with {outcome.Error?.Type ?? "no error"} / {expected.Type ?? "no error"})");
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
        Assert.True(refused <= count * mayRefuse, $"{refused} of {count} programs were refused: the generator no longer stays in the common part");
    }

    private static string FirstDifference(string ours, string theirs)
    {
        var (mine, other) = (ours.Split('\n'), theirs.Split('\n'));
        var line = mine.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}\n  ours:    {mine.ElementAtOrDefault(line)}\n  CPython: {other.ElementAtOrDefault(line)}\n";
    }
}
