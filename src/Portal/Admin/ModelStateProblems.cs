using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace JobServer.Portal.Admin;

internal static class ModelStateProblems
{
    /// <param name="state">Of the form.</param>
    /// <param name="field">As in the form.</param>
    /// <param name="problem">Null where all is well.</param>
    public static void AddProblem(this ModelStateDictionary state, string field, string? problem)
    {
        if (problem is not null)
        {
            state.AddModelError(field, problem);
        }
    }

    /// <summary>Says this in place of what was found wrong when the field was read, such as a word where a number stands.</summary>
    /// <param name="state">Of the form.</param>
    /// <param name="field">As in the form.</param>
    /// <param name="isWrong">What was read cannot be kept either.</param>
    /// <param name="problem">What to do instead.</param>
    public static void Require(this ModelStateDictionary state, string field, bool isWrong, string problem)
    {
        if (isWrong || state[field] is { Errors.Count: > 0 })
        {
            state[field]?.Errors.Clear();
            state.AddModelError(field, problem);
        }
    }
}
