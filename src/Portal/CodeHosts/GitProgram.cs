using System.Diagnostics;

namespace JobServer.Portal.CodeHosts;

/// <summary>
/// Runs the <c>git</c> program in one repository: argument lists, no shell, no settings of the machine or the person,
/// a deadline, and a cap on what it may print.
/// </summary>
internal static class GitProgram
{
    private const int MaxErrorChars = 4_096;

    /// <summary>Exit code, with standard output copied to <paramref name="output"/>; null when the deadline passed.</summary>
    /// <exception cref="CapExceededException">It printed more than <paramref name="output"/> takes.</exception>
    public static async Task<int?> RunAsync(
        string folder, IReadOnlyList<string> arguments, Stream output, TimeSpan deadline, TimeProvider time,
        CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using var process = new Process { StartInfo = StartInfo(folder, arguments) };
        process.Start();
        process.StandardInput.Close();
        try
        {
            var errors = DrainAsync(process.StandardError, stop.Token);
            await process.StandardOutput.BaseStream.CopyToAsync(output, stop.Token);
            await errors;
            await process.WaitForExitAsync(stop.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static ProcessStartInfo StartInfo(string folder, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        // The repository may belong to another user; nothing in it may start a program.
        string[] settings =
        [
            "-c", $"safe.directory={folder}", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false",
            "-c", "protocol.allow=never", "-c", "core.pager=cat", "--no-optional-locks", "-C", folder,
        ];
        foreach (var argument in settings.Concat(arguments))
            start.ArgumentList.Add(argument);
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LC_ALL"] = "C";
        start.Environment["HOME"] = "/nonexistent";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(folder);
        return start;
    }

    /// <summary>Reads what nobody shows, so that a full pipe cannot stop git.</summary>
    private static async Task DrainAsync(StreamReader errors, CancellationToken cancellation)
    {
        var buffer = new char[MaxErrorChars];
        while (await errors.ReadAsync(buffer, cancellation) > 0)
        {
        }
    }
}
