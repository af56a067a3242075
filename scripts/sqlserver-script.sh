#!/usr/bin/env bash
# Writes the SQL Server schema as one idempotent script, for sites whose databases are changed by
# their own administrators. Needs no server.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
mkdir -p artifacts
dotnet tool restore >/dev/null
dotnet ef migrations script --idempotent --project src/Data.SqlServer --startup-project src/Data.SqlServer --output artifacts/jobserver-sqlserver.sql
echo "artifacts/jobserver-sqlserver.sql"
