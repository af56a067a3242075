using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// What study code may not ask of the kernel, as a program for its filter: what makes namespaces and mounts, reads other
/// processes, loads code into the kernel, sets clocks or keys. Refused as if the caller had no right to it.
/// </summary>
internal static partial class SystemCallFilter
{
    private const string Library = "libseccomp.so.2";
    private const uint Allow = 0x7fff0000;
    private const uint RefuseBase = 0x00050000;
    private const uint NotPermitted = 1;
    private const uint NotImplemented = 38;
    private const int MaskedEqual = 7;
    private const ulong NewUserNamespace = 0x10000000;
    private const int NoSuchCall = -1;

    private static readonly string[] Refused =
    [
        "acct", "add_key", "adjtimex", "bpf", "clock_adjtime", "clock_adjtime64", "clock_settime", "clock_settime64", "create_module", "delete_module",
        "finit_module", "fsconfig", "fsmount", "fsopen", "fspick", "get_kernel_syms", "init_module", "io_uring_enter", "io_uring_register", "io_uring_setup",
        "ioperm", "iopl", "kcmp", "kexec_file_load", "kexec_load", "keyctl", "lookup_dcookie", "mount", "mount_setattr", "move_mount", "nfsservctl",
        "open_by_handle_at", "open_tree", "perf_event_open", "pivot_root", "process_vm_readv", "process_vm_writev", "ptrace", "query_module", "quotactl",
        "quotactl_fd", "reboot", "request_key", "setns", "settimeofday", "stime", "swapoff", "swapon", "_sysctl", "sysfs", "syslog", "umount", "umount2",
        "unshare", "uselib", "userfaultfd", "ustat", "vhangup", "vm86", "vm86old",
    ];

    /// <returns>What keeps filters from being made on this machine, for people; null when they can be.</returns>
    public static string? Problem()
    {
        if (!NativeLibrary.TryLoad(Library, out var library))
            return $"{Library} is missing. Install it (on Debian: apt-get install libseccomp2).";

        NativeLibrary.Free(library);
        return null;
    }

    /// <summary>Writes the filter for this machine's processor.</summary>
    /// <exception cref="InvalidOperationException">The library refuses a rule.</exception>
    public static void Write(string path)
    {
        var filter = Init(Allow);
        if (filter == 0)
            throw new InvalidOperationException($"{Library} could not make a filter.");

        try
        {
            foreach (var name in Refused)
                Add(filter, NotPermitted, name, []);

            // A new process is no harm, a new world for it is. The newer call hides its flags in memory: without it, programs use the older.
            Add(filter, NotPermitted, "clone", [new Comparison { Argument = 0, Operation = MaskedEqual, First = NewUserNamespace, Second = NewUserNamespace }]);
            Add(filter, NotImplemented, "clone3", []);
            using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
            Check(Export(filter, file), "be written");
        }
        finally
        {
            Release(filter);
        }
    }

    private static void Add(nint filter, uint errno, string name, Comparison[] comparisons)
    {
        // A call that this processor does not have needs no rule.
        if (Resolve(name) is var call and not NoSuchCall)
            Check(AddRule(filter, RefuseBase | errno, call, (uint)comparisons.Length, comparisons), $"refuse {name}");
    }

    private static void Check(int answer, string what)
    {
        if (answer < 0)
            throw new InvalidOperationException($"The filter of system calls could not {what}: error {-answer}.");
    }

    [LibraryImport(Library, EntryPoint = "seccomp_init")]
    private static partial nint Init(uint action);

    [LibraryImport(Library, EntryPoint = "seccomp_release")]
    private static partial void Release(nint filter);

    [LibraryImport(Library, EntryPoint = "seccomp_syscall_resolve_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Resolve(string name);

    [LibraryImport(Library, EntryPoint = "seccomp_rule_add_array")]
    private static partial int AddRule(nint filter, uint action, int call, uint count, [In] Comparison[] comparisons);

    [LibraryImport(Library, EntryPoint = "seccomp_export_bpf")]
    private static partial int Export(nint filter, SafeFileHandle file);

    /// <summary>As libseccomp's <c>scmp_arg_cmp</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Comparison
    {
        public uint Argument;
        public int Operation;
        public ulong First;
        public ulong Second;
    }
}
