using System.Text;

namespace JobServer.TestCommon;

/// <summary>A project.yaml as large studies have: actions of about 480 bytes, each but the first with one need.</summary>
public static class LargeStudy
{
    /// <summary>The number of actions of the largest study known.</summary>
    public const int LargestKnown = 2191;

    public static byte[] Text(int actions)
    {
        var text = new StringBuilder("version: \"5.0\"\n\nactions:\n");
        for (var i = 0; i < actions; i++)
        {
            var needs = i == 0 ? "" : $"    needs:\n      - cox_model_{(i - 1) / 2}-cohort_prevax-main\n";
            text.Append($"""

                  # Model {i} of the main analysis
                  cox_model_{i}-cohort_prevax-main:
                    run: >
                      cox-ipw:v0.0.37
                      --df_input=model_input-cohort_prevax-main-outcome_{i}.rds
                      --ipw=TRUE --exposure=exp_date --outcome=out_date_{i}
                      --strata=cov_cat_region --covariate_sex=cov_cat_sex
                      --df_output=model_output_{i}.csv
                {needs}    outputs:
                      moderately_sensitive:
                        model_output: output/model/model_output_{i}.csv

                """);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
