namespace Rlm.Recursion.Programs.Confinement;

/// <summary>What no program may ask of the kernel, by subject. Numbers are those of the kernel's own tables (syscall_64.tbl, asm-generic/unistd.h).</summary>
internal static class SystemCalls
{
    /// <summary>The last number that was known when this was written (Linux 6.10): later ones do not exist for a program.</summary>
    public const int Last = 462;

    /// <summary>Starts a thread or a process; its flags say which.</summary>
    public static SystemCall Clone { get; } = new(56, 220);

    /// <summary>The same with its flags in memory, where a filter cannot look: refused as unknown, so that the C library falls back.</summary>
    public static SystemCall Clone3 { get; } = new(435);

    public static SystemCall Open { get; } = new(2, -1);

    public static SystemCall OpenAt { get; } = new(257, 56);

    public static SystemCall OpenAt2 { get; } = new(437);

    public static SystemCall IoControl { get; } = new(16, 29);

    public static SystemCall ResourceLimits { get; } = new(302, 261);

    public static SystemCall ProcessControl { get; } = new(157, 167);

    /// <summary>Signals to a thread of the own process, which the .NET runtime needs.</summary>
    public static SystemCall ThreadKill { get; } = new(234, 131);

    /// <summary>Sockets of any kind.</summary>
    public static IReadOnlyList<SystemCall> Network { get; } = [new(41, 198), new(53, 199), new(42, 203), new(49, 200), new(50, 201), new(43, 202), new(288, 242), new(44, 206), new(46, 211), new(307, 269)];

    /// <summary>fork, vfork, execve, execveat.</summary>
    public static IReadOnlyList<SystemCall> Processes { get; } = [new(57, -1), new(58, -1), new(59, 221), new(322, 281)];

    /// <summary>Signals to others, looking into others, taking others' handles.</summary>
    public static IReadOnlyList<SystemCall> Others { get; } =
        [new(62, 129), new(200, 130), new(129, 138), new(297, 240), new(424), new(434), new(438), new(101, 117), new(310, 270), new(311, 271), new(312, 272), new(440), new(448)];

    /// <summary>Mounts, name spaces, users, capabilities.</summary>
    public static IReadOnlyList<SystemCall> Spaces { get; } =
    [
        new(165, 40), new(166, 39), new(155, 41), new(161, 51), new(272, 97), new(308, 268), new(428), new(429), new(430), new(431), new(432), new(433), new(442),
        new(105, 146), new(106, 144), new(113, 145), new(114, 143), new(116, 159), new(117, 147), new(119, 149), new(126, 91),
    ];

    /// <summary>Keys, tracing, rings and other doors into the kernel; memory that no limit counts; the machine itself.</summary>
    public static IReadOnlyList<SystemCall> Doors { get; } =
    [
        new(250, 219), new(248, 217), new(249, 218), new(321, 280), new(298, 241), new(425), new(426), new(427), new(323, 282), new(319, 279), new(447), new(29, 194), new(30, 196), new(68, 186), new(64, 190), new(240, 180),
        new(160, 164), new(135, 92), new(246, 104), new(320, 294), new(175, 105), new(313, 273), new(176, 106), new(179, 60), new(443), new(169, 142), new(167, 224), new(168, 225), new(103, 116), new(163, 89),
        new(303, 264), new(304, 265), new(300, 262), new(253, -1), new(294, 26), new(173, -1), new(172, -1), new(154, -1), new(279, 239), new(256, 238), new(237, 235), new(238, 237), new(164, 170), new(227, 112), new(305, 266), new(159, 171), new(170, 161), new(171, 162),
    ];

    /// <summary>Making, changing and removing files.</summary>
    public static IReadOnlyList<SystemCall> Writing { get; } =
    [
        new(85, -1), new(83, -1), new(258, 34), new(84, -1), new(87, -1), new(263, 35), new(82, -1), new(264, 38), new(316, 276), new(86, -1), new(265, 37), new(88, -1), new(266, 36), new(133, -1), new(259, 33),
        new(90, -1), new(91, 52), new(268, 53), new(452), new(92, -1), new(93, 55), new(94, -1), new(260, 54), new(76, 45), new(77, 46), new(285, 47), new(132, -1), new(235, -1), new(280, 88), new(261, -1),
        new(188, 5), new(189, 6), new(190, 7), new(197, 14), new(198, 15), new(199, 16),
    ];
}
