using JobServer.Portal.CodeHosts;
using JobServer.Portal.Studies;

namespace JobServer.Portal.Jobs;

/// <summary>What came of a submission: exactly one of the nested kinds.</summary>
public abstract record JobSubmissionResult
{
    private JobSubmissionResult()
    {
    }

    /// <summary>One or two plain sentences for the person who asked.</summary>
    public abstract string Message { get; }

    /// <param name="Number">The number of the request.</param>
    /// <param name="Jobs">How many were made.</param>
    /// <param name="Note">What else to say, as a sentence; may be empty.</param>
    public sealed record Submitted(int Number, string Identifier, int Jobs, string Note = "") : JobSubmissionResult
    {
        public override string Message => $"{(Jobs == 1 ? "1 job was submitted." : $"{Jobs} jobs were submitted.")} {Note}".TrimEnd();
    }

    /// <summary>A request without jobs was kept, so that the logs show it.</summary>
    public sealed record NothingToDo(int Number, string Reason) : JobSubmissionResult
    {
        public override string Message => $"Nothing was submitted: {char.ToLowerInvariant(Reason[0])}{Reason[1..]}";
    }

    public sealed record Refused(JobSubmissionRefusal Why, string Explanation) : JobSubmissionResult
    {
        public override string Message => Explanation;
    }

    /// <summary>The code host gave no branch, file or source.</summary>
    public sealed record CodeNotRead(CodeHostProblem Problem) : JobSubmissionResult
    {
        public override string Message => Problem.Message;
    }

    /// <summary>The project.yaml has errors; its reading has all of them.</summary>
    public sealed record ProjectBroken(ProjectFile File) : JobSubmissionResult
    {
        public override string Message => File.Reading.Errors.FirstOrDefault() is { } first
            ? $"project.yaml cannot be run: line {first.Line}: {first.Message}"
            : "project.yaml cannot be run.";
    }
}
