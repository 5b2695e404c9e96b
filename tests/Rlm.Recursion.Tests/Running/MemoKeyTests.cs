using Rlm.Recursion.Running;

namespace Rlm.Recursion.Tests.Running;

public class MemoKeyTests
{
    [Fact]
    public void DifferentLists_HaveDifferentKeys()
    {
        // Few short fields of few letters: were anything merely joined, it would collide.
        var lists = new Dictionary<string, string>();
        for (var seed = 0; seed < Rounds.Of(100_000); seed++)
        {
            var random = new Random(seed);
            var fields = Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(5) == 0 ? null : new string([.. Enumerable.Range(0, random.Next(4)).Select(_ => "\0a,\ud800\ud801"[random.Next(5)])])).ToArray();
            var list = string.Join('|', fields.Select(field => field is null ? "-" : string.Join(' ', field.Select(letter => (int)letter)) + "."));
            var key = MemoKey.Of(fields);
            Assert.Matches(@"^[0-9a-f]{64}\z", key);
            Assert.True(lists.TryAdd(key, list) || lists[key] == list, $"seed {seed}: {list} and {lists[key]}");
        }
    }
}
