using System.Text.Json;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Tests.Sessions;

/// <summary>Session states, plain or with something random in every field.</summary>
internal static class SomeSession
{
    public static SessionState Plain(string? id = null, string task = "count the locks") => new() { Id = id ?? SessionStore.NewId(), Request = new(task), Scope = ContextScope.Everything, BackEnd = "extractive" };

    public static SessionState Random(Random random) => new()
    {
        Id = SessionStore.NewId(),
        Parent = random.Next(2) == 0 ? null : SessionStore.NewId(),
        Depth = random.Next(5),
        Request = new(Text(random))
        {
            Over = Texts(random), Mode = Text(random), Per = random.Next(2) == 0 ? null : (UnitKind)random.Next(5), Schema = random.Next(2) == 0 ? null : Json(random), Merge = Text(random), Verify = random.Next(2) == 0,
            Limits = RandomLimits(random), DryRun = random.Next(2) == 0, Reason = Text(random),
        },
        Scope = new([Texts(random), Texts(random)], random.Next(2) == 0 ? null : Text(random)),
        Mode = Text(random),
        ModeReason = random.Next(2) == 0 ? null : Text(random),
        BackEnd = Text(random),
        Status = (SessionStatus)random.Next(6),
        Reason = random.Next(2) == 0 ? null : Text(random),
        Answer = new(Text(random), random.Next(2) == 0),
        Findings = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Finding(Text(random), Text(random), Json(random), Text(random), [new(Text(random), Text(random), (QuoteCheck)random.Next(3))]) { IsUnsupported = random.Next(2) == 0 })],
        Coverage = new(4, 3, 1, 0) { Reasons = new Dictionary<string, int> { [Text(random)] = 1 } },
        Children = Texts(random),
        Brief = random.Next(2) == 0 ? null : Text(random),
        Spent = new(random.Next(), random.NextInt64(), random.Next(), (decimal)random.NextDouble()),
        Seconds = random.NextDouble() * 1_000,
        Limits = RandomLimits(random),
        Clamped = Texts(random),
        Steps = Texts(random),
        Notes = Texts(random),
        Estimate = random.Next(2) == 0 ? null : new(Text(random), default, new(1, 2, 3, 4.5m), default, 1.25),
        Started = new SteadyTime().GetUtcNow().AddTicks(random.Next()),
    };

    /// <summary>Control characters, all scripts, quotes and line breaks; whole surrogate pairs only.</summary>
    public static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(6) switch { 0 => "\n", 1 => "\"\\", 2 => "😀", 3 => ((char)random.Next(1, 0x3000)).ToString(), _ => ((char)random.Next('a', 'z')).ToString() }));

    public static JsonElement Json(Random random) => JsonElement.Parse(random.Next(5) switch
    {
        0 => "null",
        1 => "-1.50E+300",
        2 => "{\"a\" : [ 1,\n\r\n 2.0, {\"b\":null} ], \"a\":\"twice\"}",
        3 => "\"\\ud800 half\"",
        _ => new string('[', 60) + "12345678901234567890123" + new string(']', 60),
    });

    private static IReadOnlyList<string> Texts(Random random) => [.. Enumerable.Range(0, random.Next(3)).Select(_ => Text(random))];

    private static Limits RandomLimits(Random random) => new() { Calls = random.Next(2) == 0 ? null : random.NextInt64(), Usd = 0.125m, Seconds = random.Next(2) == 0 ? null : random.NextDouble(), Parallel = random.Next() };
}
