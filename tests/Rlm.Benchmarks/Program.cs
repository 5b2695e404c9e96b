using Rlm.Benchmarks;

switch (args)
{
    case ["walk", var folder, ..]: return WalkBenchmark.Run(folder);
    default:
        Console.Error.WriteLine("usage: walk DIR");
        return 2;
}
