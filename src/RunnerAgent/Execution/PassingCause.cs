using System.ComponentModel;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution.Containers;
using JobServer.RunnerAgent.Transfers;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Execution;

/// <summary>A reason for which the same step may work a little later.</summary>
/// <param name="Text">Follows "because".</param>
/// <param name="Reason">What the job fails with when it does not.</param>
internal sealed record PassingCause(string Text, FailureReason Reason)
{
    private const int TryAgain = 11;
    private const int NoMemory = 12;
    private const int TooManyFiles = 23;
    private const int TooManyOpen = 24;

    private static readonly string[] Shortages =
        ["Resource temporarily unavailable", "Cannot allocate memory", "No space left on device", "Too many open files"];

    /// <returns>Null when another try would not help.</returns>
    public static PassingCause? Of(Exception error) => error switch
    {
        TransferUnavailableException { Answered: true } => new("the Coordinator's store did not answer", FailureReason.InternalError),
        TransferDamagedException => new("what was sent arrived damaged", FailureReason.InternalError),
        EngineUnavailableException => new("the backend's container engine did not answer", FailureReason.InternalError),
        IOException when DiskSpace.IsFull(error) => new("the backend's disk is full", FailureReason.DiskFull),
        Win32Exception { NativeErrorCode: TryAgain or NoMemory or TooManyFiles or TooManyOpen } =>
            new("the backend's machine is short of resources", FailureReason.InternalError),
        _ => null,
    };

    /// <summary>Whether a sandbox that could not be made says that the machine was short of something for a moment.</summary>
    public static bool IsShortage(string log) => Shortages.Any(shortage => log.Contains(shortage, StringComparison.Ordinal));
}
