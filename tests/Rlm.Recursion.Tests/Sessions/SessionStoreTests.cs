using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Tests.Sessions;

public class SessionStoreTests
{
    private static readonly SteadyTime Time = new();

    [Fact]
    public void Saved_ComesBackAfterARestart()
    {
        using var folder = new ScratchFolder();
        for (var seed = 0; seed < Rounds.Of(2_000); seed++)
        {
            var state = SomeSession.Random(new(seed));
            new SessionStore(folder.Path, Time).Save(state);
            var back = new SessionStore(folder.Path, Time).Load(state.Id);
            Assert.True(back is not null, $"seed {seed}");
            Assert.Equal(Shown(state), Shown(back));
        }
    }

    [Fact]
    public void JsonValues_ComeBackCharacterByCharacter()
    {
        using var folder = new ScratchFolder();
        var values = Enumerable.Range(0, 200).Select(seed => SomeSession.Json(new(seed))).ToArray();
        var state = SomeSession.Plain() with { Findings = [.. values.Select(value => new Finding("a.cs:1", null, value, "", []))] };
        new SessionStore(folder.Path, Time).Save(state);
        var back = new SessionStore(folder.Path, Time).Load(state.Id)!.Findings.Select(finding => finding.Value.GetRawText());
        Assert.Equal(values.Select(value => value.GetRawText().Replace('\n', ' ').Replace('\r', ' ')), back);
    }

    [Fact]
    public void ValueThatIsNone_IsNull()
    {
        using var folder = new ScratchFolder();
        var state = SomeSession.Plain() with { Findings = [new("a.cs:1", null, default, "text", [])] };
        new SessionStore(folder.Path, Time).Save(state);
        Assert.Equal(JsonValueKind.Null, new SessionStore(folder.Path, Time).Load(state.Id)!.Findings[0].Value.ValueKind);
    }

    [Fact]
    public void HalfSurrogates_DoNotEndTheSession()
    {
        using var folder = new ScratchFolder();
        var state = SomeSession.Plain(task: "half \ud800 a pair") with { Answer = new("\udc00", false) };
        new SessionStore(folder.Path, Time).Save(state);
        Assert.Equal("half \ufffd a pair", new SessionStore(folder.Path, Time).Load(state.Id)?.Request.Task);
    }

    [Fact]
    public void Files_AreTheOwnersOnly()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.Path);
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var store = new SessionStore(folder.Path, Time);
        var state = SomeSession.Plain();
        store.Save(state);
        store.OpenTrajectory(state.Id).Append(new(state.Id, 0, "model"));
        using var held = store.TryLock(state.Id);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        var files = Directory.GetFiles(folder.Path);
        Assert.Equal(3, files.Length);
        foreach (var file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("s-")]
    [InlineData("s-aaaaaaaaaaaaaaaaaaaaaaaaa/")]
    [InlineData("s-AAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("s-aaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("s-aaaaaaaaaaaaaaaaaaaaaaaaa\n")]
    public void IdThatIsNone_IsNoFile(string id)
    {
        using var folder = new ScratchFolder();
        var store = new SessionStore(folder.Path, Time);
        Assert.Null(store.Load(id));
        Assert.Same(TrajectoryRecord.Empty, store.ReadTrajectory(id));
        Assert.Throws<ArgumentException>(() => store.OpenTrajectory(id));
        Assert.Throws<ArgumentException>(() => store.TryLock(id));
        Assert.Throws<ArgumentException>(() => store.Save(SomeSession.Plain(id)));
    }

    [Fact]
    public void NewIds_AreDifferentAndValid()
    {
        var ids = Enumerable.Range(0, 2_000).Select(_ => SessionStore.NewId()).ToHashSet();
        Assert.Equal(2_000, ids.Count);
        Assert.All(ids, id => Assert.Matches(@"^s-[a-z2-7]{26}\z", id));
        // Every letter of the alphabet is used at every place but the last, which holds three bits.
        for (var place = 2; place < 27; place++) Assert.Equal(32, ids.Select(id => id[place]).Distinct().Count());
        Assert.Equal(8, ids.Select(id => id[27]).Distinct().Count());
    }

    [Fact]
    public void All_IsNewestFirstAndCountsBrokenFiles()
    {
        using var folder = new ScratchFolder();
        var store = new SessionStore(folder.Path, Time);
        var states = Enumerable.Range(0, 5).Select(at => SomeSession.Plain(task: new string('x', at * 100)) with { Started = Time.GetUtcNow().AddSeconds(at), Status = SessionStatus.Partial }).ToArray();
        foreach (var state in states) store.Save(state);
        File.WriteAllText(Path.Join(folder.Path, SessionStore.NewId() + ".session"), "rlm-session 1\n{}");
        File.Copy(Path.Join(folder.Path, states[0].Id + ".session"), Path.Join(folder.Path, SessionStore.NewId() + ".session"));
        var all = new SessionStore(folder.Path, Time).All();
        Assert.Equal(2, all.Broken);
        Assert.Equal(states.Select(state => state.Id).Reverse(), all.Sessions.Select(summary => summary.Id));
        Assert.All(all.Sessions, summary => Assert.True(summary is { Status: SessionStatus.Partial, Task.Length: <= 200, BackEnd: "extractive", Mode: "auto" }));
    }

    [Fact]
    public void NoFolder_KeepsInMemoryAndSaysSo()
    {
        var store = new SessionStore(null, Time);
        var state = SomeSession.Plain();
        store.Save(state);
        store.OpenTrajectory(state.Id).Append(new(state.Id, 0, "model"));
        Assert.Equal((state.Id, 1, 1), (store.Load(state.Id)?.Id, store.All().Sessions.Count, store.ReadTrajectory(state.Id).Entries.Count));
        Assert.Equal("no folder for sessions", store.NotKept);
    }

    [Fact]
    public void FolderThatCannotBeMade_KeepsInMemoryAndSaysSo()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(Path.Join(folder.Path, "file"), "");
        var store = new SessionStore(Path.Join(folder.Path, "file", "sessions"), Time);
        var state = SomeSession.Plain();
        store.Save(state);
        Assert.Equal((state.Id, "the folder for sessions cannot be written"), (store.Load(state.Id)?.Id, store.NotKept));
    }

    [Fact]
    public void FolderThatGoesAway_LosesNothingWhileTheProcessRuns()
    {
        using var folder = new ScratchFolder();
        var store = new SessionStore(folder.Path, Time);
        var state = SomeSession.Plain();
        var trajectory = store.OpenTrajectory(state.Id);
        trajectory.Append(new(state.Id, 0, "model"));
        Directory.Delete(folder.Path, recursive: true);
        Assert.Null(store.NotKept);
        store.Save(state with { Reason = "later" });
        Assert.Equal(2, trajectory.Append(new(state.Id, 0, "tool")).Seq);
        Assert.Equal("later", store.Load(state.Id)?.Reason);
        Assert.Equal("later", store.All().Sessions.Select(summary => store.Load(summary.Id)?.Reason).Single());
        Assert.Equal("tool", store.ReadTrajectory(state.Id).Entries[^1].Kind);
        Assert.NotNull(store.NotKept);
    }

    [Fact]
    public void Lock_IsHeldByOne()
    {
        using var folder = new ScratchFolder();
        var id = SessionStore.NewId();
        var (here, elsewhere) = (new SessionStore(folder.Path, Time), new SessionStore(folder.Path, Time));
        var held = here.TryLock(id);
        Assert.NotNull(held);
        Assert.Null(here.TryLock(id));
        Assert.Null(elsewhere.TryLock(id));
        held.Dispose();
        using var next = elsewhere.TryLock(id);
        Assert.NotNull(next);
        held.Dispose();
        Assert.Null(here.TryLock(id));
    }

    [Fact]
    public void LockFileLeftByADeadProcess_IsTakenOver()
    {
        using var folder = new ScratchFolder();
        var (store, id) = (new SessionStore(folder.Path, Time), SessionStore.NewId());
        File.WriteAllText(Path.Join(folder.Path, id + ".lock"), "4711");
        using var held = store.TryLock(id);
        Assert.NotNull(held);
    }

    [Fact]
    public void LockInMemory_IsHeldByOne()
    {
        var (store, id) = (new SessionStore(null, Time), SessionStore.NewId());
        using (var held = store.TryLock(id)) Assert.Null(store.TryLock(id));
        Assert.NotNull(store.TryLock(id));
    }

    [Fact]
    public void Secrets_AreNotOnTheDisk()
    {
        using var folder = new ScratchFolder();
        var secret = "sk-ant-" + "api03-Zx81kQmVb02LpRt7";
        var store = new SessionStore(folder.Path, Time);
        var state = SomeSession.Plain(task: $"why does {secret} fail?") with
        {
            Answer = new(secret, false), Reason = secret, Brief = secret, Notes = [secret],
            Findings = [new("a.cs:1", null, JsonSerializer.SerializeToElement(new { key = secret }), secret, [new("a.cs:1", secret, QuoteCheck.Exact)])],
        };
        store.Save(state);
        store.OpenTrajectory(state.Id).Append(new(state.Id, 0, "model") { Arguments = JsonSerializer.SerializeToElement(new[] { secret }), Result = secret, Note = secret, Handles = [secret], Tool = secret });
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.DoesNotContain(secret, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal("why does [redacted api key] fail?", store.Load(state.Id)?.Request.Task);
    }

    [Fact]
    public void MutatedFile_IsTheSessionOrNone()
    {
        using var folder = new ScratchFolder();
        var state = SomeSession.Random(new(7));
        new SessionStore(folder.Path, Time).Save(state);
        var (path, shown) = (folder.File(".session"), Shown(state));
        var whole = File.ReadAllBytes(path);
        for (var seed = 0; seed < Rounds.Of(20_000); seed++)
        {
            var bytes = Mutation.Of(whole, new(seed));
            File.WriteAllBytes(path, bytes);
            var store = new SessionStore(folder.Path, Time);
            var back = store.Load(state.Id);
            Assert.True(back is null || Shown(back) == shown, $"seed {seed}");
            var all = store.All();
            Assert.True(all.Sessions.Count + all.Broken == 1, $"seed {seed}");
        }
    }

    [Fact]
    public void FileOfAnotherBuild_IsASessionOrNone()
    {
        using var folder = new ScratchFolder();
        var (state, store) = (SomeSession.Random(new(11)), new SessionStore(folder.Path, Time));
        store.Save(state);
        var path = folder.File(".session");
        var lines = File.ReadAllLines(path);
        var whole = JsonNode.Parse(JsonElement.Parse(lines[2]).GetProperty("of").GetRawText())!;
        var (places, none) = (Places(whole).ToArray(), 0);
        Assert.True(places.Length > 60, $"{places.Length}");
        foreach (var place in places)
            foreach (var value in new JsonNode?[] { null, 1, "text", new JsonArray(), new JsonObject() })
            {
                var changed = whole.DeepClone();
                var parent = place[..^1].Aggregate(changed, (node, step) => (int.TryParse(step, out var at) && node is JsonArray ? node[at] : node[step])!);
                if (value is null) parent.AsObject().Remove(place[^1]);
                else parent[place[^1]] = value.DeepClone();
                File.WriteAllBytes(path, [.. System.Text.Encoding.UTF8.GetBytes($"{lines[0]}\n{lines[1]}\n"), .. Storage.SealedJson.Seal(System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString())), (byte)'\n']);
                var back = store.Load(state.Id);
                if (back is null) none++;
                // What is taken can be worked with.
                else store.Save(back);
            }
        Assert.InRange(none, places.Length, places.Length * 5);
    }

    [Fact]
    public void Trimmed_DeletesTheLongestUntouchedThatNobodyRuns()
    {
        using var folder = new ScratchFolder();
        var (store, other) = (new SessionStore(folder.Path, Time), new SessionStore(folder.Path, Time));
        var states = Enumerable.Range(0, 6).Select(_ => SomeSession.Plain(task: new string('x', 10_000))).ToArray();
        for (var at = 0; at < states.Length; at++)
        {
            store.Save(states[at]);
            File.SetLastWriteTimeUtc(Path.Join(folder.Path, states[at].Id + ".session"), new(2026, 1, 1, 0, at, 0, DateTimeKind.Utc));
        }
        using var held = other.TryLock(states[0].Id);
        File.SetLastWriteTimeUtc(Path.Join(folder.Path, states[0].Id + ".lock"), new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(0, store.Trim(1_000_000));
        Assert.Equal(3, store.Trim(35_000));
        Assert.Equal([true, false, false, false, true, true], states.Select(state => store.Load(state.Id) is not null));
    }

    private static IEnumerable<string[]> Places(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Value is null ? [[field.Key]] : Places(field.Value).Select(rest => (string[])[field.Key, .. rest]).Prepend([field.Key])),
        JsonArray items => items.SelectMany((item, at) => item is null ? [] : Places(item).Select(rest => (string[])[at.ToString(CultureInfo.InvariantCulture), .. rest])),
        _ => [],
    };

    private static string Shown(SessionState state)
    {
        var json = Storage.RecursionJson.Files.SessionState;
        return JsonSerializer.Serialize(state, json);
    }
}
