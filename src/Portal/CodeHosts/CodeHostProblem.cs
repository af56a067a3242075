namespace JobServer.Portal.CodeHosts;

/// <param name="Failure">What kind of problem.</param>
/// <param name="Message">For the person who asked: what was wrong and what to do. Holds no secret.</param>
public sealed record CodeHostProblem(CodeHostFailure Failure, string Message);
