using Microsoft.Win32.SafeHandles;
using Rlm.Context.Files;
using Rlm.Context.Files.Portable;

namespace Rlm.Context.Tests.Files;

/// <summary>
/// The system's calls, with something else happening just before each: what another process might do at that moment.
/// Opening and listing are denied where <paramref name="denies"/> says so.
/// </summary>
internal sealed class HookedCalls(Action<string> before, Func<string, bool>? denies = null) : IFileCalls
{
    private readonly UnixFileCalls _calls = new();

    public SafeFileHandle? OpenNoFollow(string path, out RootAccessFault fault)
    {
        before(nameof(OpenNoFollow));
        fault = RootAccessFault.Denied;
        return denies?.Invoke(path) == true ? null : _calls.OpenNoFollow(path, out fault);
    }

    public RootAccessFault? Stat(string path, out EntryStatus status)
    {
        before(nameof(Stat));
        return _calls.Stat(path, out status);
    }

    public EntryStatus StatHandle(SafeFileHandle handle)
    {
        before(nameof(StatHandle));
        return _calls.StatHandle(handle);
    }

    public string? ReadLink(string path)
    {
        before(nameof(ReadLink));
        return _calls.ReadLink(path);
    }

    public RootAccessFault? List(string path, EntryTaker take)
    {
        before(nameof(List));
        return denies?.Invoke(path) == true ? RootAccessFault.Denied : _calls.List(path, take);
    }

    public bool IsOpenable(string name) => true;
}
