namespace Rlm.Recursion.Tests;

/// <summary>Damages a file the way disks, crashes and people do.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var count = random.Next(1, 4); count > 0 && bytes.Count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(100), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(100), bytes.Count - at)));
                    break;
                case 4:
                    for (var zero = at; zero < Math.Min(bytes.Count, at + 64); zero++) bytes[zero] = 0;
                    break;
                default:
                    bytes.Insert(at, (byte)"\n{}\"0"[random.Next(5)]);
                    break;
            }
        }
        return [.. bytes];
    }
}
