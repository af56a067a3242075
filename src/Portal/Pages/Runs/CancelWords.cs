using JobServer.Data.Jobs;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace JobServer.Portal.Pages.Runs;

/// <summary>What a person is told after a cancel.</summary>
internal static class CancelWords
{
    public static void Tell(ITempDataDictionary data, CancelOutcome outcome)
    {
        if (!outcome.AnyChange)
            data.Warn("There was nothing left to cancel: every job had ended or was being cancelled already.");
        else if (outcome.Stopping == 0)
            data.Success(outcome.Ended == 1 ? "1 job was cancelled." : $"{outcome.Ended} jobs were cancelled.");
        else if (outcome.Ended + outcome.Stopping == 1)
            data.Success("1 job is being cancelled. It ends once the backend has stopped it.");
        else
            data.Success($"{outcome.Ended + outcome.Stopping} jobs are being cancelled. Those that run end once the backend has stopped them.");
    }
}
