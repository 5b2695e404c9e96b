using System.Diagnostics;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Tests.Programs;

public class WorkerProtocolTests
{
    private static readonly ProgramLimits Limits = new() { LineBytes = 4 << 20, Calls = 100 };

    public static TheoryData<string> Kinds => [.. HostileWorker.Kinds.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void WorkerThatBreaksTheProtocol_IsEnded_AndATypedErrorComesBack(string kind)
    {
        using var worker = Worker.Start(Hostile(kind), ["outline"], Limits);
        var begun = Stopwatch.GetTimestamp();
        var report = worker.Run("1", new Answers(), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal(HostileWorker.Kinds[kind], report.Error?.Type);
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 3);
        Assert.False(worker.IsAlive);
        Assert.DoesNotContain("hostile", report.Error!.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void WorkerThatNeverGetsReady_IsAFault() =>
        Assert.Equal("worker_ended", Assert.Throws<WorkerFaultException>(() => Worker.Start(new(["/bin/false"], new Dictionary<string, string>(), new()), [], Limits)).Type);

    [Fact]
    public void ProgramThatIsNotThere_IsAFault() =>
        Assert.Equal("worker_ended", Assert.Throws<WorkerFaultException>(() => Worker.Start(new(["/no/such/program"], new Dictionary<string, string>(), new()), [], Limits)).Type);

    [Fact]
    public void Lines_ComeWhole_HoweverTheyAreCut()
    {
        var random = new Random(7);
        for (var round = 0; round < Rounds.Of(400); round++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 40)).Select(_ => new byte[random.Next(0, random.Next(2) == 0 ? 5 : 200_000)]).ToList();
            foreach (var line in lines)
                for (var at = 0; at < line.Length; at++) line[at] = (byte)random.Next(11, 256);
            var reader = new LineReader(new Trickle([.. lines.SelectMany(line => line.Append((byte)'\n'))], random), 200_000);
            foreach (var line in lines) Assert.Equal(line, reader.Next()!.Value.ToArray());
            Assert.Null(reader.Next());
        }
    }

    private static WorkerStart Hostile(string kind) => new([.. ProgramBench.Worker.SkipLast(1), HostileWorker.Command, kind], ProgramBench.Runtime, new JsonObject());

    private sealed class Answers : IProgramCalls
    {
        public IReadOnlyList<string> Names => ["outline"];

        public JsonNode? Call(string name, JsonArray arguments, JsonObject named, CancellationToken cancellationToken) => named.Count > 0 ? new string('x', 3 << 20) : "fine";
    }

    private sealed class Trickle(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, 70_000)));
    }
}
