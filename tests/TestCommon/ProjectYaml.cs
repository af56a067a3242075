namespace JobServer.TestCommon;

/// <summary>Small project.yaml files.</summary>
public static class ProjectYaml
{
    /// <summary>One action, <c>alone</c>.</summary>
    public const string One = """
        version: '3.0'
        actions:
          alone:
            run: python:v2 python analysis/alone.py
            outputs:
              moderately_sensitive:
                table: output/alone.csv
        """;

    /// <summary><c>first</c>, then <c>second</c>, then <c>third</c>.</summary>
    public const string Chain = """
        version: '3.0'
        actions:
          first:
            run: python:v2 python analysis/first.py
            outputs:
              highly_sensitive:
                rows: output/first.csv
          second:
            run: python:v2 python analysis/second.py
            needs: [first]
            outputs:
              moderately_sensitive:
                table: output/second.csv
          third:
            run: python:v2 python analysis/third.py
            needs: [second]
            outputs:
              moderately_sensitive:
                table: output/third.csv
        """;

    /// <summary><c>extract</c> asks the database, <c>other</c> does not; neither needs the other.</summary>
    public const string Database = """
        version: '3.0'
        actions:
          extract:
            run: databuilder:v1 generate_dataset --output output/dataset.csv.gz
            outputs:
              highly_sensitive:
                dataset: output/dataset.csv.gz
          other:
            run: python:v2 python analysis/other.py
            outputs:
              moderately_sensitive:
                table: output/other.csv
        """;

    /// <summary>Actions <c>a00</c>, <c>a01</c> and so on, none needing another.</summary>
    public static string Wide(int count) => "version: '3.0'\nactions:\n" + string.Concat(Enumerable.Range(0, count).Select(number => $"""
          a{number:D2}:
            run: python:v2 python analysis/a{number:D2}.py
            outputs:
              moderately_sensitive:
                table: output/a{number:D2}.csv

        """));
}
