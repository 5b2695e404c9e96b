using System.Text.Json;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Tests.Trajectories;

public class TrajectoryTests
{
    private static readonly SteadyTime Time = new();
    private static readonly string Id = SessionStore.NewId();

    [Fact]
    public void Appended_ComesBackInOrderAfterARestart()
    {
        using var folder = new ScratchFolder();
        var written = new List<TrajectoryEntry>();
        for (var start = 0; start < 5; start++)
        {
            var store = new SessionStore(folder.Path, Time);
            var trajectory = store.OpenTrajectory(Id);
            for (var at = 0; at < 20; at++) written.Add(trajectory.Append(Some(new((start * 20) + at))));
        }
        var record = new SessionStore(folder.Path, Time).ReadTrajectory(Id);
        Assert.Equal(0, record.Damaged);
        Assert.Equal(Enumerable.Range(1, 100), record.Entries.Select(entry => entry.Seq));
        Assert.Equal(written.Select(Shown), record.Entries.Select(Shown));
    }

    [Fact]
    public void AppendedByManyAtOnce_LosesNothing()
    {
        using var folder = new ScratchFolder();
        var trajectory = new SessionStore(folder.Path, Time).OpenTrajectory(Id);
        Parallel.For(0, 500, at => trajectory.Append(new("", 0, "tool") { Tool = $"t{at}" }));
        var record = new SessionStore(folder.Path, Time).ReadTrajectory(Id);
        Assert.Equal(Enumerable.Range(1, 500), record.Entries.Select(entry => entry.Seq));
        Assert.Equal(500, record.Entries.Select(entry => entry.Tool).Distinct().Count());
    }

    [Fact]
    public void CutAnywhere_KeepsEveryLineBeforeTheCut()
    {
        using var folder = new ScratchFolder();
        var trajectory = new SessionStore(folder.Path, Time).OpenTrajectory(Id);
        for (var at = 0; at < 4; at++) trajectory.Append(Some(new(at)));
        var path = folder.File(".trajectory");
        var whole = File.ReadAllBytes(path);
        for (var cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(path, whole[..cut]);
            var store = new SessionStore(folder.Path, Time);
            // A line that lacks nothing but its end is whole.
            var isWhole = cut < whole.Length && whole[cut] == '\n';
            var before = whole.AsSpan(0, cut).Count((byte)'\n') + (isWhole ? 1 : 0);
            var isCut = cut > 0 && whole[cut - 1] != '\n' && !isWhole;
            var record = store.ReadTrajectory(Id);
            Assert.Equal((before, isCut ? 1 : 0), (record.Entries.Count, record.Damaged));
            // The cut line keeps its number, and what follows is whole.
            Assert.Equal(before + (isCut ? 2 : 1), store.OpenTrajectory(Id).Append(new("", 0, "tool")).Seq);
            var after = new SessionStore(folder.Path, Time).ReadTrajectory(Id);
            Assert.Equal((before + 1, record.Damaged), (after.Entries.Count, after.Damaged));
        }
    }

    [Fact]
    public void MutatedFile_LosesTouchedLinesOnlyAndSaysHowMany()
    {
        using var folder = new ScratchFolder();
        var trajectory = new SessionStore(folder.Path, Time).OpenTrajectory(Id);
        for (var at = 0; at < 6; at++) trajectory.Append(Some(new(at)));
        var path = folder.File(".trajectory");
        var whole = File.ReadAllBytes(path);
        var lines = File.ReadAllLines(path);
        var known = new SessionStore(folder.Path, Time).ReadTrajectory(Id).Entries.ToDictionary(entry => entry.Seq, Shown);
        for (var seed = 0; seed < Rounds.Of(20_000); seed++)
        {
            var bytes = Mutation.Of(whole, new(seed));
            File.WriteAllBytes(path, bytes);
            var record = new SessionStore(folder.Path, Time).ReadTrajectory(Id);
            Assert.All(record.Entries, entry => Assert.Equal(known[entry.Seq], Shown(entry)));
            var untouched = System.Text.Encoding.Latin1.GetString(bytes).Split('\n').Intersect(lines.Select(line => System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(line)))).Count();
            Assert.True(record.Entries.Count == untouched, $"seed {seed}: {record.Entries.Count} of {untouched}");
            Assert.True(record.Damaged > 0 || record.Entries.Count == 6 || IsPrefix(record.Entries), $"seed {seed}");
        }
    }

    [Fact]
    public void WrittenOnByAnotherProcess_IsContinuedThere()
    {
        using var folder = new ScratchFolder();
        var (here, elsewhere) = (new SessionStore(folder.Path, Time), new SessionStore(folder.Path, Time));
        here.OpenTrajectory(Id).Append(new("", 0, "tool"));
        elsewhere.OpenTrajectory(Id).Append(new("", 0, "tool"));
        Assert.Equal(3, here.OpenTrajectory(Id).Append(new("", 0, "tool")).Seq);
        Assert.Equal((3, 0), (here.ReadTrajectory(Id).Entries.Count, here.ReadTrajectory(Id).Damaged));
    }

    [Fact]
    public void ForeignLine_IsNotTaken()
    {
        using var folder = new ScratchFolder();
        var store = new SessionStore(folder.Path, Time);
        store.OpenTrajectory(Id).Append(new("", 0, "tool"));
        var other = SessionStore.NewId();
        File.Copy(folder.File(".trajectory"), Path.Join(folder.Path, other + ".trajectory"));
        Assert.Equal((0, 1), (store.ReadTrajectory(other).Entries.Count, store.ReadTrajectory(other).Damaged));
    }

    [Fact]
    public void HostileReply_IsKeptOnOneLine()
    {
        using var folder = new ScratchFolder();
        var trajectory = new SessionStore(folder.Path, Time).OpenTrajectory(Id);
        trajectory.Append(new("", 0, "model") { Result = "a\nb\u2028\0\ud800\"}", Arguments = JsonElement.Parse("{ \"\\ud800\" :\n \"\\udc00\" }") });
        trajectory.Append(new("", 0, "model") { Arguments = default(JsonElement) });
        Assert.Equal(2, File.ReadAllLines(folder.File(".trajectory")).Length);
        var record = new SessionStore(folder.Path, Time).ReadTrajectory(Id);
        Assert.Equal((2, 0, "a\nb\u2028\0\ufffd\"}"), (record.Entries.Count, record.Damaged, record.Entries[0].Result));
    }

    [Fact]
    public void EveryLine_IsJson()
    {
        using var folder = new ScratchFolder();
        var trajectory = new SessionStore(folder.Path, Time).OpenTrajectory(Id);
        for (var at = 0; at < 50; at++) trajectory.Append(Some(new(at)));
        Assert.All(File.ReadLines(folder.File(".trajectory")), line => Assert.Equal(Id, JsonElement.Parse(line).GetProperty("of").GetProperty("session").GetString()));
    }

    private static bool IsPrefix(IReadOnlyList<TrajectoryEntry> entries) => entries.Select((entry, at) => entry.Seq == at + 1).All(isNext => isNext);

    private static TrajectoryEntry Some(Random random) => new("", 0, "model")
    {
        Tool = SomeSession.Text(random),
        Arguments = random.Next(3) == 0 ? null : random.Next(2) == 0 ? JsonElement.Parse("{\"a\":[1,2]}") : JsonElement.Parse("\"text\""),
        Result = SomeSession.Text(random),
        Handles = [SomeSession.Text(random)],
        InputTokens = random.Next(),
        OutputTokens = random.Next(),
        Seconds = random.NextDouble(),
        Note = random.Next(2) == 0 ? null : SomeSession.Text(random),
    };

    private static string Shown(TrajectoryEntry entry) => JsonSerializer.Serialize(entry, Storage.RecursionJson.Files.TrajectoryEntry);
}
