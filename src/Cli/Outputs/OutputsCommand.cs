using System.CommandLine;
using System.CommandLine.Parsing;
using JobServer.Outputs.Disclosure;

namespace JobServer.Cli.Outputs;

/// <summary>`jobserver outputs check FILE…`: what the site will say of files before they are asked for.</summary>
internal static class OutputsCommand
{
    private const int Pass = 0;
    private const int Fail = 1;
    private const int Review = 2;

    public static Command Create(Terminal terminal) => new("outputs", "Looks at the files that actions wrote.") { Check(terminal), Profiles(terminal) };

    private static Command Check(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "The files to check; a folder stands for every file in it.", Arity = ArgumentArity.OneOrMore };
        var profile = new Option<string>("--profile")
        {
            Description = "The thresholds to hold them to; \"jobserver outputs profiles\" lists the names.",
            DefaultValueFactory = _ => DisclosureProfiles.Strict.Name,
        };
        profile.Validators.Add(IsKnown);
        var json = new Option<bool>("--json") { Description = "Print one JSON object a file, for programs." };
        var command = new Command("check", "Says what in files may disclose something about people. Exit status: 0 all pass, 1 one fails or cannot be read, 2 one needs a person's review.")
        {
            files, profile, json,
        };
        command.SetAction(parsed =>
        {
            var chosen = DisclosureProfiles.Find(parsed.GetValue(profile));
            IFindingsReport report = parsed.GetValue(json) ? new JsonFindingsReport(terminal.Output) : new FindingsReport(terminal.Console);
            return Run(parsed.GetValue(files) ?? [], chosen, report, terminal);
        });
        return command;
    }

    private static Command Profiles(Terminal terminal)
    {
        var command = new Command("profiles", "Lists the profiles of thresholds.");
        command.SetAction(_ =>
        {
            foreach (var profile in DisclosureProfiles.All)
            {
                var rounding = profile.RoundingBase is { } step ? $", rounded to {step}" : "";
                terminal.Output.WriteLine($"{profile.Name,-16} {profile.Version}  counts from {profile.MinimumCount}{rounding}  {profile.Source}");
            }

            return ExitStatus.Fine;
        });
        return command;
    }

    private static void IsKnown(OptionResult option)
    {
        if (option.GetValueOrDefault<string>() is var name && !DisclosureProfiles.All.Any(profile => profile.Name == name))
        {
            option.AddError($"There is no profile {name}; the names are {string.Join(", ", DisclosureProfiles.All.Select(profile => profile.Name))}.");
        }
    }

    private static int Run(string[] arguments, DisclosureProfile profile, IFindingsReport report, Terminal terminal)
    {
        var verdict = Verdict.Pass;
        var files = arguments.SelectMany(OutputPath.Expand).ToList();
        var surroundings = new CheckSurroundings { Paths = [.. files.Select(file => file.Path.Value).Distinct(StringComparer.Ordinal)] };
        foreach (var file in files)
        {
            if (file.Problem is { } problem)
            {
                terminal.Errors.WriteLine($"Cannot read {file.Given}: {problem}");
                verdict = Verdict.Fail;
                continue;
            }

            try
            {
                var result = DisclosureCheck.Run(file.Path, new FileInfo(file.Given).Length, () => File.OpenRead(file.Given), profile, surroundings);
                report.Show(file.Given, profile, result);
                verdict = (Verdict)Math.Max((int)verdict, (int)result.Verdict);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                terminal.Errors.WriteLine($"Cannot read {file.Given}: {error.Message}");
                verdict = Verdict.Fail;
            }
        }

        return verdict switch
        {
            Verdict.Pass => Pass,
            Verdict.Fail => Fail,
            Verdict.Review => Review,
        };
    }
}
