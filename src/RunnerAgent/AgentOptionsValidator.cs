using System.Net;
using JobServer.RunnerAgent.Execution;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent;

/// <summary>What attributes cannot say. Every problem at once, each with the setting's name.</summary>
internal sealed class AgentOptionsValidator : IValidateOptions<AgentOptions>
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        var problems = new List<string>();
        if (options.CoordinatorAddress is { } address && AddressProblem(address) is { } problem)
            problems.Add(problem);
        if (options.Token.Any(char.IsControl) || options.Token != options.Token.Trim())
            problems.Add("Agent:Token holds white space or control characters.");
        if (options.StandardSlots + options.DatabaseSlots == 0)
            problems.Add("Agent:StandardSlots and Agent:DatabaseSlots are both 0: the agent could do nothing.");
        if (options.Limits.Time <= TimeSpan.Zero || options.Limits.ProcessorTime <= TimeSpan.Zero || options.Limits.StopGrace < TimeSpan.Zero || options.Limits.Silence < TimeSpan.Zero)
            problems.Add("Agent:Limits: Time and ProcessorTime must be above zero, StopGrace and Silence not below.");

        if (options.RetryWait <= TimeSpan.Zero || options.DrainOnStop < TimeSpan.Zero || options.DrainOnStop > LongestDrain)
            problems.Add($"Agent:RetryWait must be above zero, and Agent:DrainOnStop from zero to {LongestDrain.TotalDays:0} days.");

        if (options.Executor == ExecutorKind.Docker && options.Images.Count == 0)
            problems.Add("Agent:Images is empty: with Agent:Executor Docker, list the images that actions may name.");
        if (options.Docker.Patience <= TimeSpan.Zero)
            problems.Add("Agent:Docker:Patience must be above zero.");

        foreach (var (image, tools) in options.Images)
        {
            foreach (var path in tools.Tools.Values.Concat(tools.Entrypoint.Take(1)).Where(path => options.Executor == ExecutorKind.Bubblewrap && !path.StartsWith('/')))
                problems.Add($"Agent:Images:{image}: {path} is not an absolute path.");
            foreach (var tool in tools.Tools.Keys.Where(tool => tool.Contains('/', StringComparison.Ordinal) || tool.StartsWith('.')))
                problems.Add($"Agent:Images:{image}:Tools: {tool} is not a plain name.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? AddressProblem(Uri address) => address switch
    {
        { IsAbsoluteUri: false } => "Agent:CoordinatorAddress must be an absolute address, such as https://coordinator.example.",
        { Scheme: "https" } => null,
        { Scheme: "http" } when IsLoopback(address) => null,
        { Scheme: "http" } =>
            $"Agent:CoordinatorAddress {address} is not encrypted. http is allowed to a loopback address only; use https.",
        _ => $"Agent:CoordinatorAddress {address} must begin with https://.",
    };

    private static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
