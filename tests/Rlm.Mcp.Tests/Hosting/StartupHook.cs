using System.Text;

/// <summary>
/// Loaded into the real server by <c>DOTNET_STARTUP_HOOKS</c> for one test: a piece of code that writes to stdout by every road it finds, as a
/// library with a debugging line would.
/// </summary>
#pragma warning disable CA1050 // The runtime looks for this name outside of any namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    public const string Noise = "STRAY NOISE";

    public static void Initialize() => new Thread(MakeNoise) { IsBackground = true }.Start();

#pragma warning disable RS0030 // Writing to stdout is the point.
    private static void MakeNoise()
    {
        var before = Console.Out;
        while (ReferenceEquals(before, Console.Out)) Thread.Sleep(1); // until the guard stands
        Thread.Sleep(20);
        while (true)
        {
            Console.WriteLine(Noise);
            Console.Out.Write(Noise + "\n");
            using (var raw = Console.OpenStandardOutput()) raw.Write(Encoding.UTF8.GetBytes(Noise + "\n")); // descriptor 1 itself
            Thread.Sleep(1);
        }
    }
#pragma warning restore RS0030
}
