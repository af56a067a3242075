using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace JobServer.Portal.Errors;

/// <summary>Lets the 400 page tell a stale form from other bad requests.</summary>
internal sealed class AntiforgeryProblemFilter : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
            context.HttpContext.Features.Set(PageProblem.StaleForm);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
